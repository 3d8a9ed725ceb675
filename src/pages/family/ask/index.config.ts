export default definePageConfig({ navigationBarTitleText: '请老人同意' })
