// What may be the same as what is being reported, shown while the form is filled in. Without this the server asks once before it takes the
// report.

const list = document.querySelector('[data-near]')

if (list) {
  const form = list.closest('form')
  let asked = ''
  const look = async () => {
    const fields = new FormData(form), query = new URLSearchParams()
    for (const name of ['category', 'village', 'grid', 'latitude', 'longitude', 'crs']) {
      if (fields.get(name)) query.set(name, fields.get(name))
    }
    const question = String(query)
    if (question === asked) return
    asked = question
    const isEnough = query.has('category') && (query.has('village') || query.has('grid') || query.has('latitude'))
    if (!isEnough) return list.replaceChildren()
    try {
      const answer = await fetch(`${list.dataset.near}?${question}`)
      // Another place may have been chosen while this one was asked about.
      if (question === asked) list.innerHTML = answer.ok ? await answer.text() : ''
    } catch {
      list.replaceChildren()
    }
  }
  form.addEventListener('change', look)
  // A point found by satellite or on the map changes hidden fields, which tells nobody but this line.
  const state = form.querySelector('[data-place-state]')
  if (state) new MutationObserver(look).observe(state, { childList: true, characterData: true, subtree: true })
  look()
}
