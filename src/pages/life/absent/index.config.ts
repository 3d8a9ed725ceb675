export default definePageConfig({ navigationBarTitleText: '来不了' })
