/** The phone number that WeChat verified, as a one-time code that only the server can turn into a number. */
import { postToCloud } from './transport-h5'

// A choice outside any function, so that the stand-in's way is not in WeChat's build.
const askStandIn: () => Promise<unknown> = API_MODE === 'weapp' ? () => Promise.resolve(null) : () => postToCloud('phone-code', {})

/**
 * The code, or null if the person said no.
 * @param answer WeChat: what its phone-number button handed over. H5: nothing; the stand-in gives a code on a tap.
 * @throws NoAnswer
 */
export async function phoneCode(answer?: { code?: string | undefined }): Promise<string | null> {
  if (API_MODE === 'weapp') return answer?.code ?? null
  const given = await askStandIn()
  return typeof given === 'object' && given !== null && 'code' in given && typeof given.code === 'string' ? given.code : null
}
