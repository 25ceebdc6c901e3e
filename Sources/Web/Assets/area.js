// Moving the corners of a grid's area on the map: by dragging, with the arrow keys, or with buttons. The text field stays the truth.

import { zoomable } from './map.js'

const METRE = 0.00001
const SVG = 'http://www.w3.org/2000/svg'
const page = document.querySelector('[data-area]')
const frame = page.querySelector('[data-area-map]')
const panel = page.querySelector('[data-corners]')

if (frame && panel) {
  const map = zoomable(frame)
  const { west, south, east, north } = Object.fromEntries(Object.entries(map.svg.dataset).map(([name, value]) => [name, Number(value)]))
  const field = page.querySelector('[name="area"]'), datum = page.querySelector('[name="crs"]')
  const number = panel.querySelector('#corner'), state = panel.querySelector('[data-corner-state]')
  const stored = [...map.svg.querySelectorAll('.drawn')]
  const draft = document.createElementNS(SVG, 'path')
  draft.setAttribute('class', 'draft')
  const handles = document.createElementNS(SVG, 'g')
  map.svg.append(draft, ...map.svg.querySelectorAll('.spot'), handles)
  const measure = () => map.svg.style.setProperty('--unit', map.width / map.svg.clientWidth)
  addEventListener('resize', measure)
  measure()
  map.svg.removeAttribute('aria-hidden')
  map.svg.setAttribute('role', 'group')
  map.svg.setAttribute('aria-label', panel.querySelector('legend').textContent)

  let drawing = null, chosen = 0
  const steps = []
  const polygons = () => (drawing.type === 'Polygon' ? [drawing.coordinates] : drawing.coordinates)
  /** Every corner once, with the ring it is of; the last of a ring repeats the first. */
  const corners = () => polygons().flat().flatMap((ring) => ring.slice(0, -1).map((at, index) => ({ ring, index, at })))
  const toSheet = ([lon, lat]) => ({ x: map.left + (lon - west) / (east - west) * map.width, y: map.top + (north - lat) / (north - south) * map.height })
  const toGround = ({ x, y }) => [round(west + (x - map.left) / map.width * (east - west)), round(north - (y - map.top) / map.height * (north - south))]
  const round = (degrees) => Math.round(degrees * 1e7) / 1e7

  const read = () => {
    drawing = null
    try {
      const read = JSON.parse(field.value)
      if (['Polygon', 'MultiPolygon'].includes(read.type)) drawing = read
      if (drawing && corners().some(({ at }) => !at.slice(0, 2).every(Number.isFinite))) drawing = null
    } catch { drawing = null }
    if (['gcj02', 'bd09'].includes(datum.value)) drawing = null
    show()
  }
  const write = () => { field.value = JSON.stringify(drawing); show() }
  const remember = () => { steps.push(field.value); if (steps.length > 100) steps.shift() }
  const say = () => {
    const words = panel.dataset
    if (!drawing) return (state.textContent = ['gcj02', 'bd09'].includes(datum.value) ? words.wordsShifted : words.wordsNone)
    const all = corners(), { at } = all[chosen]
    const values = { n: chosen + 1, count: all.length, lon: at[0], lat: at[1] }
    state.textContent = words.wordsAt.replace(/%(\w+)/g, (_, name) => values[name])
  }
  const show = () => {
    const all = drawing ? corners() : []
    chosen = Math.min(Math.max(0, chosen), Math.max(0, all.length - 1))
    stored.forEach((path) => path.classList.toggle('around', all.length > 0))
    draft.setAttribute('d', drawing ? polygons().flat().map((ring) =>
      ring.slice(0, -1).map((at, index) => { const { x, y } = toSheet(at); return `${index ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}` }).join('') + 'Z').join('') : '')
    while (handles.childElementCount > all.length) handles.lastChild.remove()
    while (handles.childElementCount < all.length) {
      // A dot, and around it a finger's breadth of nothing to hold it by.
      const handle = document.createElementNS(SVG, 'g')
      for (const part of ['hit', 'dot']) {
        const circle = document.createElementNS(SVG, 'circle')
        circle.setAttribute('class', part)
        handle.append(circle)
      }
      handles.append(handle)
    }
    all.forEach(({ at }, index) => {
      const handle = handles.children[index], { x, y } = toSheet(at)
      for (const circle of handle.children) { circle.setAttribute('cx', x); circle.setAttribute('cy', y) }
      handle.setAttribute('class', index === chosen ? 'corner chosen' : 'corner')
      handle.setAttribute('role', 'button')
      handle.setAttribute('aria-label', `${number.labels[0].textContent} ${index + 1}`)
      handle.tabIndex = index === chosen ? 0 : -1
    })
    number.max = Math.max(1, all.length)
    number.value = chosen + 1
    panel.querySelectorAll('button').forEach((button) => (button.disabled = all.length === 0))
    say()
  }
  const choose = (index, focus) => {
    const count = corners().length
    chosen = (index + count) % count
    show()
    const handle = handles.children[chosen]
    map.see(toSheet(corners()[chosen].at))
    if (focus) handle.focus()
  }
  /** Puts the chosen corner at `to`; the corner that closes the ring goes along. */
  const put = (to) => {
    const { ring, index } = corners()[chosen]
    ring[index] = to
    if (index === 0) ring[ring.length - 1] = to
    write()
  }
  const move = (right, up, factor = 1) => {
    if (!drawing) return
    remember()
    const { at } = corners()[chosen]
    put([round(at[0] + right * factor * METRE), round(at[1] + up * factor * METRE)])
  }

  handles.addEventListener('keydown', (event) => {
    const way = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key]
    if (way) move(...way, event.shiftKey ? 10 : 1)
    else if (event.key === 'PageDown') choose(chosen + 1, true)
    else if (event.key === 'PageUp') choose(chosen - 1, true)
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  let held = false
  handles.addEventListener('pointerdown', (event) => {
    const handle = event.target.closest('.corner'), index = [...handles.children].indexOf(handle)
    if (index < 0) return
    event.stopPropagation()
    remember()
    held = true
    chosen = index
    show()
    handle.setPointerCapture(event.pointerId)
    handle.focus()
  })
  handles.addEventListener('pointermove', (event) => {
    if (!held) return
    event.stopPropagation()
    put(toGround(new DOMPoint(event.clientX, event.clientY).matrixTransform(map.svg.getScreenCTM().inverse())))
  })
  for (const end of ['pointerup', 'pointercancel']) handles.addEventListener(end, () => (held = false))

  number.addEventListener('change', () => drawing && choose(Number(number.value) - 1, false))
  number.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault() })
  panel.addEventListener('click', (event) => {
    const button = event.target.closest('button')
    if (!button || !drawing) return
    const { ring, index } = corners()[chosen]
    if (button.dataset.move) move(...button.dataset.move.split(' ').map(Number), event.shiftKey ? 10 : 1)
    else if ('add' in button.dataset) {
      remember()
      ring.splice(index + 1, 0, [0, 1].map((axis) => round((ring[index][axis] + ring[index + 1][axis]) / 2)))
      chosen += 1
      write()
    } else if ('remove' in button.dataset && ring.length > 4) {
      remember()
      ring.splice(index, 1)
      if (index === 0) ring[ring.length - 1] = ring[0]
      write()
    } else if ('back' in button.dataset && steps.length) {
      field.value = steps.pop()
      read()
    }
  })
  field.addEventListener('input', read)
  datum.addEventListener('change', read)
  panel.hidden = false
  read()
}
