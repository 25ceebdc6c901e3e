// Draws boxes over a photo with a finger, a pen or a mouse. The number fields hold them and can be typed in, so everything works without this
// too; it only fills them and shows at once what they say.

const stage = document.querySelector('[data-redact]')
const list = document.querySelector('[data-boxes]')

if (stage && list) {
  const [svg, holder, blank] = [stage.querySelector('svg'), list.querySelector('[data-rows]'), list.querySelector('template')]
  const [more, count] = [list.querySelector('[data-more]'), list.querySelector('[data-count]')]
  const limit = Number(list.dataset.limit)
  const names = ['left', 'top', 'width', 'height']
  /** Percent: a smaller box is a slip of the finger. */
  const smallest = 1

  const rows = () => [...holder.querySelectorAll('[data-box]')]
  const field = (row, name) => row.querySelector(`[name="box-${name}"]`)
  const isBlank = (row) => names.every((name) => field(row, name).value === '')
  const rounded = (number) => String(Math.round(number * 10) / 10)

  const draw = () => {
    const boxes = rows().flatMap((row) => {
      const values = names.map((name) => field(row, name).value)
      if (values.includes('')) return []
      const [left, top, width, height] = values.map(Number)
      const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
      for (const [name, value] of Object.entries({ x: left, y: top, width, height })) rect.setAttribute(name, Math.max(0, value * 10))
      return [rect]
    })
    svg.replaceChildren(...boxes)
    rows().forEach((row, index) => {
      const name = list.dataset.name.replace('#', index + 1)
      row.querySelector('legend').textContent = name
      const away = row.querySelector('[data-remove] .away')
      if (away) away.textContent = ` ${name}`
    })
    more.disabled = rows().length >= limit
    return boxes.length
  }

  const add = () => {
    if (rows().length >= limit) return null
    const row = blank.content.querySelector('[data-box]').cloneNode(true)
    holder.append(row)
    draw()
    return row
  }

  const clear = (row) => names.forEach((name) => (field(row, name).value = ''))

  const tell = () => (count.textContent = list.dataset.drawn.replace('#', draw()))

  /** Where the pointer is, in percent of the picture, never outside it. */
  const at = (event) => {
    const box = svg.getBoundingClientRect()
    const share = (value, from, size) => Math.min(100, Math.max(0, ((value - from) / size) * 100))
    return { x: share(event.clientX, box.left, box.width), y: share(event.clientY, box.top, box.height) }
  }

  let drawing = null

  const stretch = (event) => {
    const [from, to] = [drawing.from, at(event)]
    const left = Math.floor(Math.min(from.x, to.x) * 10) / 10
    const top = Math.floor(Math.min(from.y, to.y) * 10) / 10
    const right = Math.min(100, Math.ceil(Math.max(from.x, to.x) * 10) / 10)
    const bottom = Math.min(100, Math.ceil(Math.max(from.y, to.y) * 10) / 10)
    const values = { left, top, width: right - left, height: bottom - top }
    for (const name of names) field(drawing.row, name).value = rounded(values[name])
    draw()
  }

  stage.classList.add('drawing')
  stage.addEventListener('pointerdown', (event) => {
    if (drawing || event.button !== 0) return
    const row = rows().find(isBlank) ?? add()
    if (!row) return
    event.preventDefault()
    stage.setPointerCapture(event.pointerId)
    drawing = { row, pointer: event.pointerId, from: at(event) }
  })
  stage.addEventListener('pointermove', (event) => {
    if (drawing?.pointer === event.pointerId) stretch(event)
  })
  stage.addEventListener('pointerup', (event) => {
    if (drawing?.pointer !== event.pointerId) return
    stretch(event)
    const { row } = drawing
    drawing = null
    if (['width', 'height'].some((name) => Number(field(row, name).value) < smallest)) clear(row)
    tell()
  })
  stage.addEventListener('pointercancel', (event) => {
    if (drawing?.pointer !== event.pointerId) return
    clear(drawing.row)
    drawing = null
    tell()
  })

  list.addEventListener('input', draw)
  list.addEventListener('change', tell)
  list.addEventListener('click', (event) => {
    const row = event.target.closest('[data-remove]')?.closest('[data-box]')
    if (!row) return
    row.remove()
    if (rows().length === 0) add()
    tell()
    field(rows()[0], 'left').focus()
  })
  more.type = 'button'
  more.addEventListener('click', () => {
    const row = add()
    if (row) field(row, 'left').focus()
  })
  for (const row of rows()) row.querySelector('[data-remove]').hidden = false
  draw()
}
