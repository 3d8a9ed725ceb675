// Everything in a collection as JSON, for tests and the stage. They read it again and again: a document is put into
// words once, and a collection that stayed as it was is not read at all.
import type { Store } from './store'
import { decodeStored, type Id } from './values'

/** A collection's documents, ordered by id, as the JSON of an array; `mark` is another one after every change. */
export interface Contents {
  readonly mark: string
  readonly text: string
}

const mostRemembered = 50_000

export class ContentsReader {
  private readonly known = new Map<string, Contents>()
  /** By the text that a document is stored as. */
  private readonly words = new Map<string, { readonly id: Id; readonly json: string }>()

  constructor(private readonly store: Store) {}

  /** @param mark what changes whenever the collection does */
  read(name: string, mark: string): Contents {
    const known = this.known.get(name)
    if (known?.mark === mark) return known
    const documents = [...this.store.collection(name).scan()].map(({ text }) => this.wordsOf(text))
    documents.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    const contents = { mark, text: `[${documents.map(({ json }) => json).join(',')}]` }
    this.known.set(name, contents)
    return contents
  }

  private wordsOf(stored: string): { readonly id: Id; readonly json: string } {
    const known = this.words.get(stored)
    if (known) return known
    const document = decodeStored(stored)
    const words = { id: document._id, json: JSON.stringify(document) }
    if (this.words.size >= mostRemembered) this.words.clear()
    this.words.set(stored, words)
    return words
  }
}
