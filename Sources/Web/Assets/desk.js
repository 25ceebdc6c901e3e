// What the office's pages of matters gain from a script: phrases put into a text, all rows ticked, and word of what happened meanwhile.

const all = (selector, root = document) => [...root.querySelectorAll(selector)]

/** Puts the chosen phrase where the caret is, without asking the server. */
for (const row of all('[data-phrases]')) {
  const area = document.getElementById(row.dataset.phrases)
  const [select, button] = [row.querySelector('select'), row.querySelector('button')]
  if (!area || !select || !button) continue
  button.type = 'button'
  button.addEventListener('click', () => {
    const words = select.selectedOptions[0]?.dataset.words
    if (!words) return select.focus()
    area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end')
    area.dispatchEvent(new Event('input', { bubbles: true }))
    area.focus()
  })
}

for (const box of all('[data-pick-all]')) {
  box.addEventListener('change', () => all(`input[name="${box.dataset.pickAll}"]`).forEach((pick) => (pick.checked = box.checked)))
}

const EVERY = 30_000
const LONGEST = 300_000

/** Asks now and then whether anything has happened, only while the page is looked at, and says so. It never changes what is on the page. */
for (const line of all('[data-live]')) {
  let [seen, wait, timer] = [line.dataset.seen, EVERY, undefined]

  const link = (text) => {
    const a = document.createElement('a')
    a.href = location.href.split('#')[0]
    a.textContent = text
    return a
  }
  const tell = (words, more) => {
    const box = document.createElement('div')
    box.className = 'note calm'
    const inner = document.createElement('div')
    const p = document.createElement('p')
    p.textContent = words + ' '
    inner.append(p, ...more)
    box.append(inner)
    line.replaceChildren(box)
  }
  const changes = (list) => {
    const details = document.createElement('details')
    const summary = document.createElement('summary')
    summary.textContent = line.dataset.show
    const ol = document.createElement('ol')
    ol.className = 'lines'
    for (const change of list) {
      const li = document.createElement('li')
      const [what, who] = [document.createElement('p'), document.createElement('p')]
      what.textContent = `${change.when} ${change.what}`
      who.className = 'small soft'
      who.textContent = change.words ? `${change.who}: ${change.words}` : change.who
      li.append(what, who)
      ol.append(li)
    }
    details.append(summary, ol)
    return details
  }
  const told = []
  const ask = async () => {
    clearTimeout(timer)
    if (document.hidden) return
    try {
      const answer = await fetch(line.dataset.live + encodeURIComponent(seen), { headers: { Accept: 'application/json' } })
      if (answer.status === 401) return tell(line.dataset.expired, [])
      if (answer.status === 403 || answer.status === 404) return tell(line.dataset.gone, [])
      if (!answer.ok) throw new Error(String(answer.status))
      const news = await answer.json()
      seen = news.seen
      wait = EVERY
      if (news.words) {
        told.unshift(...(news.changes ?? []))
        tell(news.words, [...(told.length ? [changes(told)] : []), link(line.dataset.reload)])
      }
    } catch {
      wait = Math.min(wait * 2, LONGEST)
    }
    // Not all at the same moment, however many pages were opened at once.
    timer = setTimeout(ask, wait * (0.85 + Math.random() * 0.3))
  }
  document.addEventListener('visibilitychange', () => document.hidden ? clearTimeout(timer) : ask())
  timer = setTimeout(ask, wait * (0.5 + Math.random() * 0.5))
  // For tests and for whoever cannot wait.
  line.addEventListener('ask', ask)
}
