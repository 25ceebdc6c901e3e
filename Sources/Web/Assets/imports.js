// Shows how far the work on an import is, and the page again when it is done.
const box = document.querySelector('[data-progress]')
const bar = box.querySelector('progress')

async function look() {
    let next = 1000
    try {
        const answer = await fetch(box.dataset.progress, { headers: { Accept: 'application/json' } })
        if (answer.ok) {
            const found = await answer.json()
            if (found.state !== box.dataset.state) return location.reload()
            if (found.thousandths !== undefined) bar.value = found.thousandths
        } else {
            next = 5000
        }
    } catch {
        next = 5000
    }
    setTimeout(look, next)
}

box.querySelector('.row').hidden = true
setTimeout(look, 400)
