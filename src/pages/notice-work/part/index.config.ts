export default definePageConfig({ navigationBarTitleText: '带上什么' })
