/** Constants that the build puts in place of these names, and kinds of files it turns into modules. */

/** Which cloud this build calls: WeChat's own, or the same-origin HTTP stand-in of the H5 build. */
declare const API_MODE: 'weapp' | 'h5'

/** The WeChat cloud environment to call; empty means the one that WeChat chooses by default. */
declare const CLOUD_ENVIRONMENT: string

declare module '*.module.scss' {
  const classNames: Readonly<Record<string, string>>
  export default classNames
}

declare module '*.scss'

/** The version of WeChat's speech plugin that this account has added; empty: none, and sentences are shown large instead. */
declare const SPEECH_PLUGIN: string

/** WeChat's way to a plugin that app.json declares; only the part of WechatSI that is used. */
declare function requirePlugin(name: 'WechatSI'): {
  textToSpeech(options: { lang: 'zh_CN'; tts: boolean; content: string; success: (answer: { filename: string }) => void; fail: () => void }): void
}
