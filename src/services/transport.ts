/** The way from the phone to the functions: WeChat's cloud, or its HTTP stand-in in the H5 build. Only one of them is in a build. */
import { sendOverHttp, startHttp } from './transport-h5'
import { sendOverWeChat, startWeChat } from './transport-weapp'

/** Calls a cloud function with plain JSON and gives its plain JSON. @throws NoAnswer */
export const send: (functionName: string, event: object) => Promise<unknown> = API_MODE === 'weapp' ? sendOverWeChat : sendOverHttp

/** Once, at the start of the app. */
export const startTransport: () => void = API_MODE === 'weapp' ? startWeChat : startHttp
