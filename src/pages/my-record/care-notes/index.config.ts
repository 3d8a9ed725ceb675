export default definePageConfig({ navigationBarTitleText: '照护须知' })
