// The errors the database answers with: a code the SDK maps to an errCode, and a message that says what happened.
// Texts marked "known" were seen on the real cloud; the others are MongoDB's own or ours, and nothing should match them.

/** A refusal that goes back over the wire as `{requestId, code, message}`. */
export class DatabaseError extends Error {
  constructor(readonly code: string, message: string) {
    super(message)
    this.name = 'DatabaseError'
  }
}

/** A request that is malformed, or that the database cannot carry out on this document. */
export const requestFailed = (message: string): DatabaseError => new DatabaseError('DATABASE_REQUEST_FAILED', message)

/** Something MongoDB or the cloud may offer and this emulator does not: an error, never a wrong answer. */
export const notSupported = (what: string): DatabaseError => requestFailed(`${what} is not supported by the local database`)

/** Known text (the collection's name stands where it was recorded). */
export const collectionMissing = (name: string): DatabaseError =>
  new DatabaseError('DATABASE_COLLECTION_NOT_EXIST', `[ResourceNotFound] Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`)

/** MongoDB's text; the code the real cloud gives is unverified, so match the message. */
export const duplicateKey = (collection: string, index: string, key: string): DatabaseError =>
  new DatabaseError('DATABASE_DUPLICATE_WRITE', `E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${key}`)

/** Known text. The SDK retries only when `commit` reports this code. */
export const transactionConflict = (): DatabaseError =>
  new DatabaseError('DATABASE_TRANSACTION_CONFLICT', '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. Please check your request, but if the problem cannot be solved, contact us.')

/** Known text, for a transaction that expired, ended, or never was. */
export const transactionMissing = (id: string): DatabaseError =>
  new DatabaseError('DATABASE_TRANSACTION_NOT_EXIST', `[ResourceUnavailable.TransactionNotExist] Transaction not exist: ${id}, transaction must be commit or abort in 30 seconds. Please check your request, but if the problem cannot be solved, contact us.`)
