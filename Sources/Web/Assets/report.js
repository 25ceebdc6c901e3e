// The report form: picking what it is about, and saying where in three ways.

import { zoomable } from './map.js'
import './near.js'

const groups = document.querySelector('[data-groups]')

/** Changing the picture forgets what was picked under another one; a picture with one thing under it picks that. */
groups?.addEventListener('change', (event) => {
  if (event.target.name !== 'group') return
  for (const list of groups.querySelectorAll('[data-group]')) {
    const mine = list.dataset.group === event.target.value
    const options = [...list.querySelectorAll('input')]
    if (!mine) options.forEach((option) => (option.checked = false))
    else if (options.length === 1) options[0].checked = true
  }
})

const place = document.querySelector('[data-place]')

if (place) {
  const words = place.dataset
  const field = (name) => place.querySelector(`[name="${name}"]`)
  const latitude = field('latitude'), longitude = field('longitude'), accuracy = field('accuracy')
  const village = field('village'), grid = field('grid')
  const state = place.querySelector('[data-place-state]')
  const say = (text) => (state.textContent = text)

  // ---- by name: the grids of the chosen village only
  const families = [...grid.querySelectorAll('optgroup')]
  const gridField = place.querySelector('[data-grid-field]')
  const showGrids = () => {
    const mine = families.filter((family) => family.dataset.village === village.value)
    const chosen = grid.value
    families.forEach((family) => family.remove())
    grid.append(...mine)
    grid.value = [...grid.options].some((option) => option.value === chosen) ? chosen : ''
    gridField.hidden = mine.length === 0
  }
  const forget = () => {
    if (!latitude.value) return
    latitude.value = longitude.value = accuracy.value = ''
    mark?.remove()
    say(words.wordsCleared)
  }
  const unchosen = () => {
    village.value = ''
    showGrids()
  }
  village.addEventListener('change', () => { forget(); showGrids() })
  grid.addEventListener('change', forget)
  showGrids()

  // ---- by satellite: up to thirty seconds, and plain words when it fails
  const button = place.querySelector('[data-gps]')
  if (!navigator.geolocation) button.hidden = true
  button.addEventListener('click', () => {
    say(words.wordsFinding)
    button.setAttribute('aria-disabled', 'true')
    const finished = () => button.removeAttribute('aria-disabled')
    navigator.geolocation.getCurrentPosition((position) => {
      finished()
      latitude.value = position.coords.latitude.toFixed(6)
      longitude.value = position.coords.longitude.toFixed(6)
      accuracy.value = String(Math.round(position.coords.accuracy))
      unchosen()
      mark?.remove()
      say(words.wordsFound.replace('%s', accuracy.value))
    }, (error) => {
      finished()
      say(error.code === error.PERMISSION_DENIED ? words.wordsDenied : words.wordsFailed)
      village.focus()
    }, { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 })
  })

  // ---- by pointing: a finger, a mouse, or the arrow keys and Enter
  const frame = place.querySelector('[data-point]')
  const mark = frame && document.createElementNS('http://www.w3.org/2000/svg', 'circle')
  if (frame) {
    mark.setAttribute('class', 'here')
    const areaAt = (point) => [...frame.querySelectorAll('path[data-code]')].find((path) => path.isPointInFill(point))
    const set = (point) => {
      const area = areaAt(point)
      if (!area) return say(words.wordsOutside)
      const { west, south, east, north } = map.svg.dataset
      longitude.value = (Number(west) + (point.x - map.left) / map.width * (east - west)).toFixed(6)
      latitude.value = (Number(north) - (point.y - map.top) / map.height * (north - south)).toFixed(6)
      accuracy.value = ''
      unchosen()
      show(point)
      say(words.wordsPointed.replace('%s', area.dataset.name))
    }
    const show = (point) => {
      mark.setAttribute('cx', point.x)
      mark.setAttribute('cy', point.y)
      mark.setAttribute('r', 14 / map.scale)
      map.svg.append(mark)
    }
    const map = zoomable(frame, set)
    let cursor = null
    frame.addEventListener('keydown', (event) => {
      const step = (event.shiftKey ? 60 : 15) / map.scale
      const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key]
      if (move) {
        event.preventDefault()
        const from = cursor ?? new DOMPoint(map.left + map.width / 2, map.top + map.height / 2)
        cursor = new DOMPoint(from.x + move[0], from.y + move[1])
        map.see(cursor)
        show(cursor)
        say(areaAt(cursor)?.dataset.name ?? words.wordsOutside)
      } else if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault()
        if (cursor) set(cursor)
      }
    })
  }
}
