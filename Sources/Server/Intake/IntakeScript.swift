/// The part of the script file that does the work for a report, in place of the question that a person answers.
///
/// Source: Web Cryptography API, section 14 (SubtleCrypto.digest), which browsers have in secure contexts only.
enum IntakeScript {
  static let work = """
    for (const form of document.querySelectorAll('form[data-work]')) {
      if (!window.crypto || !window.crypto.subtle) continue
      const said = form.querySelector('[data-said]')
      const question = form.querySelector('[data-question]')
      const button = form.querySelector('button')
      question.querySelector('input').required = false
      question.hidden = true
      const letters = new TextEncoder()
      const hash = (text) => window.crypto.subtle.digest('SHA-256', letters.encode(text))
      const solve = async (challenge, bits) => {
        for (let from = 0; ; from += 512) {
          const tries = Array.from({ length: 512 }, (_, index) => String(from + index))
          const digests = await Promise.all(tries.map((one) => hash(challenge + ':' + one)))
          const found = digests.findIndex((one) => bits === 0 || new DataView(one).getUint32(0) >>> (32 - bits) === 0)
          if (found >= 0) return tries[found]
        }
      }
      const give = () => {
        question.querySelector('input').required = true
        question.hidden = false
        button.disabled = false
        said.textContent = 'Please answer the question instead.'
      }
      form.addEventListener('submit', async (event) => {
        if (!question.hidden) return
        event.preventDefault()
        button.disabled = true
        said.textContent = 'Working against floods, then sending …'
        try {
          const answer = await fetch(form.dataset.work, { headers: { accept: 'application/json' } })
          if (!answer.ok) return give()
          const asked = await answer.json()
          form.elements.proof.value = await solve(asked.challenge, asked.bits)
          form.elements.challenge.value = asked.challenge
          form.submit()
        } catch { give() }
      })
      window.addEventListener('pageshow', () => { button.disabled = false; said.textContent = '' })
    }

    """
}
