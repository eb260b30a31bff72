/// The one script file of the desk: pages work without it, and it adds what is comfortable.
///
/// It stands in files of ours only, so that the content security policy allows nothing inline. It sends nothing by
/// itself, keeps nothing in the browser, and makes markup from elements and text, never from strings.
enum DeskScript {
  /// All of it.
  static let file =
    "'use strict';\n(() => {\n" + drop + progress + palette + IntakeScript.work + "})()\n"

  /// A file may be dropped on its form, and its digest is shown before it is sent.
  ///
  /// Source: W3C File API; Web Cryptography API, section 14 (SubtleCrypto.digest).
  private static let drop = """
    const mostHashed = 256 * 1024 * 1024
    for (const zone of document.querySelectorAll('[data-zone]')) {
      const input = zone.querySelector('input[type=file]')
      const said = zone.querySelector('[data-said]')
      const digest = zone.querySelector('input[name=sha256]')
      const form = zone.closest('form')
      let turn = 0
      zone.classList.add('ready')
      const show = async () => {
        const file = input.files[0]
        const mine = ++turn
        digest.value = ''
        if (!file) return
        const size = new Intl.NumberFormat('en').format(file.size) + ' bytes'
        if (!window.crypto.subtle || file.size > mostHashed) {
          said.textContent = `${file.name}, ${size}. Its SHA-256 is counted when it arrives.`
          return
        }
        said.textContent = `${file.name}, ${size}. Counting its SHA-256 …`
        const bytes = new Uint8Array(await window.crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
        if (mine !== turn) return
        const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
        digest.value = hex
        const code = document.createElement('code')
        code.textContent = hex
        said.replaceChildren(`${file.name}, ${size}. SHA-256 `, code, '. What arrives is compared with it.')
      }
      input.addEventListener('change', show)
      for (const kind of ['dragenter', 'dragover']) {
        zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add('over') })
      }
      for (const kind of ['dragleave', 'drop']) {
        zone.addEventListener(kind, () => zone.classList.remove('over'))
      }
      zone.addEventListener('drop', (event) => {
        event.preventDefault()
        if (event.dataTransfer.files.length !== 1) {
          said.textContent = 'One file at a time: each becomes a record of its own.'
          return
        }
        input.files = event.dataTransfer.files
        show()
      })
      form.addEventListener('submit', () => { said.append(' Sending …') })
    }

    """

  /// A page that waits for something shows how far it is, and loads again when it is done.
  private static let progress = """
    for (const bar of document.querySelectorAll('progress[data-at]')) {
      const said = document.querySelector('[data-steps]')
      const look = async () => {
        const answer = await fetch(bar.dataset.at, { headers: { accept: 'application/json' } })
        if (!answer.ok) return
        const now = await answer.json()
        if (now.ended) return location.reload()
        bar.max = Math.max(1, now.total)
        bar.value = now.done
        if (said) said.textContent = `${now.done} of ${now.total} steps`
        setTimeout(look, 500)
      }
      setTimeout(look, 300)
    }

    """

  /// Ctrl-K, or Command-K: pages, records and rules by their names.
  ///
  /// Source: ARIA Authoring Practices Guide, combobox with a list.
  private static let palette = """
    const find = document.getElementById('find')
    if (find && window.HTMLDialogElement) {
      const make = (kind, values, ...inside) => {
        const one = document.createElement(kind)
        for (const [name, value] of Object.entries(values)) one.setAttribute(name, value)
        one.append(...inside)
        return one
      }
      const input = make('input', { type: 'text', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'palette-list',
        'aria-autocomplete': 'list', 'aria-label': 'Go to a page, a record or a rule', placeholder: 'Go to …',
        autocomplete: 'off', spellcheck: 'false' })
      const list = make('ul', { role: 'listbox', id: 'palette-list', 'aria-label': 'Where to go' })
      const note = make('p', { class: 'note', role: 'status' })
      const box = make('dialog', { class: 'palette', 'aria-label': 'Go to' }, input, list, note)
      document.body.append(box)
      let at = 0
      let asked = 0
      let timer
      const mark = (next) => {
        const all = [...list.children]
        if (!all.length) { input.removeAttribute('aria-activedescendant'); return }
        at = (next + all.length) % all.length
        all.forEach((one, index) => one.setAttribute('aria-selected', String(index === at)))
        input.setAttribute('aria-activedescendant', all[at].id)
        all[at].scrollIntoView({ block: 'nearest' })
      }
      const show = (items) => {
        list.replaceChildren(...items.map((item, index) => {
          const one = make('li', { role: 'option', id: 'palette-' + index, 'data-path': item.path },
            make('span', {}, item.title), make('span', { class: 'note' }, item.note))
          one.addEventListener('click', () => { location.href = item.path })
          return one
        }))
        note.textContent = items.length ? '' : 'Nothing by that name. Enter searches all records.'
        mark(0)
      }
      const ask = async () => {
        const mine = ++asked
        const answer = await fetch('/palette?q=' + encodeURIComponent(input.value))
        if (!answer.ok || mine !== asked) return
        show((await answer.json()).items)
      }
      input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120) })
      input.addEventListener('keydown', (event) => {
        if (event.key === 'ArrowDown') { event.preventDefault(); mark(at + 1) }
        if (event.key === 'ArrowUp') { event.preventDefault(); mark(at - 1) }
        if (event.key === 'Enter') {
          event.preventDefault()
          const one = list.children[at]
          location.href = one ? one.dataset.path : '/search?q=' + encodeURIComponent(input.value)
        }
      })
      document.addEventListener('keydown', (event) => {
        if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
          event.preventDefault()
          if (box.open) return box.close()
          input.value = ''
          box.showModal()
          ask()
        }
      })
      find.placeholder = 'Search (Ctrl-K)'
    }

    """
}
