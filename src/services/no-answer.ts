/** No answer came: no network, a timeout, or the platform failed. Whether the act took effect is not known. */
export class NoAnswer extends Error {
  /** true when the phone itself has no network, as far as can be told */
  readonly isOffline: boolean
  constructor(reason: string, isOffline: boolean) {
    super(reason)
    this.name = 'NoAnswer'
    this.isOffline = isOffline
  }
}
