// Zooming and moving the schematic map: buttons, wheel, two fingers, dragging, and + − 0 on the keyboard.

const CLOSEST = 8

/** Makes the map in `frame` zoomable; `tapped(point)` is called with a place in the drawing's own units. */
export const zoomable = (frame, tapped) => {
  const svg = frame.querySelector('svg')
  const [left, top, width, height] = svg.getAttribute('viewBox').split(/[\s,]+/).map(Number)
  let view = { x: left, y: top, k: 1 }

  const show = () => {
    const w = width / view.k, h = height / view.k
    view.x = Math.min(Math.max(view.x, left), left + width - w)
    view.y = Math.min(Math.max(view.y, top), top + height - h)
    svg.setAttribute('viewBox', `${view.x} ${view.y} ${w} ${h}`)
    svg.style.setProperty('--zoom', view.k)
    frame.classList.toggle('zoomed', view.k > 1)
  }
  const at = (clientX, clientY) => new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse())
  const zoom = (factor, around) => {
    const k = Math.min(CLOSEST, Math.max(1, view.k * factor))
    const point = around ?? { x: view.x + width / view.k / 2, y: view.y + height / view.k / 2 }
    view = { x: point.x - (point.x - view.x) * view.k / k, y: point.y - (point.y - view.y) * view.k / k, k }
    show()
  }
  const whole = () => { view = { x: left, y: top, k: 1 }; show() }

  const words = frame.dataset
  const tools = document.createElement('div')
  tools.className = 'map-tools'
  for (const [sign, label, act] of [['+', words.wordsIn, () => zoom(2)], ['−', words.wordsOut, () => zoom(0.5)], ['⤢', words.wordsWhole, whole]]) {
    if (!label) continue
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = sign
    button.setAttribute('aria-label', label)
    button.title = label
    button.addEventListener('click', act)
    tools.append(button)
  }
  if (tools.childElementCount) frame.append(tools)

  const fingers = new Map()
  let moved = 0
  const spread = () => {
    const [a, b] = [...fingers.values()]
    return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  }
  svg.addEventListener('pointerdown', (event) => {
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    moved = 0
  })
  svg.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const old = fingers.size === 2 ? spread() : null
    const dx = event.clientX - before.x, dy = event.clientY - before.y
    moved += Math.abs(dx) + Math.abs(dy)
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (old) {
      const now = spread()
      if (old.distance > 0) zoom(now.distance / old.distance, at(now.x, now.y))
    } else if (view.k > 1 && moved > 6) {
      const unit = width / view.k / svg.clientWidth
      view.x -= dx * unit
      view.y -= dy * unit
      show()
    }
  })
  const lift = (event) => fingers.delete(event.pointerId)
  svg.addEventListener('pointerup', lift)
  svg.addEventListener('pointercancel', lift)
  svg.addEventListener('pointerleave', lift)
  svg.addEventListener('click', (event) => {
    if (moved > 6) return event.preventDefault()
    tapped?.(at(event.clientX, event.clientY))
  })
  svg.addEventListener('dragstart', (event) => event.preventDefault())
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && view.k === 1 && event.deltaY > 0) return
    if (!event.ctrlKey && !frame.matches(':focus-within, :focus')) return
    event.preventDefault()
    zoom(event.deltaY < 0 ? 1.25 : 0.8, at(event.clientX, event.clientY))
  }, { passive: false })
  frame.addEventListener('keydown', (event) => {
    if (event.key === '+' || event.key === '=') zoom(2)
    else if (event.key === '-') zoom(0.5)
    else if (event.key === '0') whole()
  })
  return { svg, width, height, left, top, zoom, get scale() { return view.k }, see: (point) => {
    const w = width / view.k, h = height / view.k
    if (point.x < view.x || point.x > view.x + w || point.y < view.y || point.y > view.y + h) {
      view.x = point.x - w / 2
      view.y = point.y - h / 2
      show()
    }
  } }
}

document.querySelectorAll('[data-map]').forEach((frame) => zoomable(frame))
