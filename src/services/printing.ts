/** Paper: in the browser the screen that is shown is printed by its own print style; in WeChat the large type on the screen serves. */

/** Whether this platform can print. */
export const canPrint = API_MODE === 'h5'

/** Opens the browser's print dialogue. Only where {@link canPrint}. */
export function printPage(): void {
  if (API_MODE === 'h5') window.print()
}
