// What every page gains from a script. Without it every page still works.

const all = (selector, root = document) => [...root.querySelectorAll(selector)]

/** Shows what makes sense only with a script. */
const reveal = () => all('[data-with-script]').forEach((part) => (part.hidden = false))

/** A form is sent once: the second press does nothing, and the button says why. */
const sendOnce = (form) => {
  form.addEventListener('submit', (event) => {
    if (event.defaultPrevented) return
    if (form.dataset.sent) return event.preventDefault()
    form.dataset.sent = 'yes'
    const button = event.submitter ?? form.querySelector('button:not([type="button"])')
    if (!button?.dataset.busy) return
    button.dataset.words = button.innerHTML
    // After the browser has read the form, so a button's own name and value still travel.
    setTimeout(() => {
      button.setAttribute('aria-disabled', 'true')
      button.textContent = button.dataset.busy
    })
  })
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    delete form.dataset.sent
    for (const button of all('button[aria-disabled]', form)) {
      button.removeAttribute('aria-disabled')
      if (button.dataset.words) button.innerHTML = button.dataset.words
    }
  })
}

/** Asks before leaving words behind. */
const keepWords = (form) => {
  let changed = false
  form.addEventListener('input', () => (changed = true))
  form.addEventListener('submit', () => (changed = false))
  addEventListener('beforeunload', (event) => {
    if (changed) event.preventDefault()
  })
}

/** Counts down once the end is near, and says so when the text is too long. */
const count = (area) => {
  const limit = Number(area.dataset.limit)
  if (!limit) return
  const line = document.createElement('p')
  line.className = 'hint'
  line.setAttribute('aria-live', 'polite')
  area.after(line)
  const show = () => {
    const left = limit - [...area.value.trim()].length
    line.textContent = left > 100 ? '' : (left < 0 ? area.dataset.over : area.dataset.left).replace('%s', Math.abs(left))
    line.className = left < 0 ? 'fault' : 'hint'
    line.hidden = left > 100
  }
  area.addEventListener('input', show)
  show()
}

const LONG_SIDE = 1920
const SMALL_ENOUGH = 600_000

/** One photo made small enough for a weak signal; the original when the browser cannot. */
const shrink = async (file) => {
  if (!file.type.startsWith('image/') || file.size <= SMALL_ENOUGH) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONG_SIDE / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
    if (!blob || blob.size >= file.size) return file
    return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' })
  } catch {
    return file
  }
}

/** Previews the chosen photos, shrinks them, keeps to the limit and lets each be left out again. */
const photos = (field) => {
  const input = field.querySelector('input[type="file"]')
  const list = field.querySelector('[data-preview]')
  const limit = Number(field.dataset.photoLimit) || 3
  let chosen = []
  const put = () => {
    const transfer = new DataTransfer()
    chosen.forEach((file) => transfer.items.add(file))
    input.files = transfer.files
    all('img', list).forEach((img) => URL.revokeObjectURL(img.src))
    list.replaceChildren(...chosen.map((file, index) => {
      const item = document.createElement('li')
      const img = document.createElement('img')
      img.src = URL.createObjectURL(file)
      img.alt = `${field.dataset.wordsChosen} ${index + 1}`
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'tool'
      button.textContent = field.dataset.wordsRemove
      button.addEventListener('click', () => {
        chosen = chosen.filter((other) => other !== file)
        put()
        input.focus()
      })
      item.append(img, button)
      return item
    }))
  }
  input.addEventListener('change', async () => {
    const added = [...input.files]
    if (!added.length) return put()
    list.textContent = field.dataset.wordsBusy
    const form = input.form
    const wait = (event) => event.preventDefault()
    form?.addEventListener('submit', wait, { capture: true })
    chosen = [...chosen, ...(await Promise.all(added.map(shrink)))].slice(0, limit)
    form?.removeEventListener('submit', wait, { capture: true })
    put()
  })
}

/** A password may be shown while it is typed. */
const peek = (input) => {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'link small'
  const show = (visible) => {
    input.type = visible ? 'text' : 'password'
    button.textContent = visible ? input.dataset.hide : input.dataset.show
    button.setAttribute('aria-pressed', String(visible))
  }
  button.addEventListener('click', () => show(input.type === 'password'))
  input.form?.addEventListener('submit', () => show(false))
  input.after(button)
  show(false)
}

const copy = (button) => {
  if (!navigator.clipboard) return
  button.hidden = false
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy).then(() => (button.textContent = button.dataset.copied), () => (button.hidden = true))
  })
}

/** Narrows a list while typing in the field it names. */
const narrow = (list) => {
  const input = document.getElementById(list.dataset.filterList)
  input?.addEventListener('input', () => {
    const wanted = input.value.trim()
    for (const item of list.children) item.hidden = !item.textContent.includes(wanted)
  })
}

const closeMenus = (except) => all('details.menu[open]').forEach((menu) => menu !== except && (menu.open = false))

/** Opens the folded part that the address points at, and brings faults into view. */
const arrive = () => {
  const faults = document.getElementById('faults')
  if (faults) faults.focus({ preventScroll: false })
  else if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest('details')?.setAttribute('open', '')
}

reveal()
all('form[data-once]').forEach(sendOnce)
all('form[data-keep]').forEach(keepWords)
all('textarea[data-limit]').forEach(count)
all('[data-photos]').forEach(photos)
all('input[data-show]').forEach(peek)
all('[data-copy]').forEach(copy)
all('[data-filter-list]').forEach(narrow)
all('[data-unfold]').forEach((button) => button.addEventListener('click', () => {
  all('.tree details').forEach((part) => (part.open = button.dataset.unfold === 'open'))
}))
addEventListener('click', (event) => closeMenus(event.target.closest?.('details.menu')))
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  const open = document.querySelector('details.menu[open]')
  closeMenus()
  open?.querySelector('summary').focus()
})
addEventListener('hashchange', arrive)
arrive()

// A page made to be printed has a button for it.
document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => window.print())
})
