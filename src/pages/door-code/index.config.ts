export default definePageConfig({ navigationBarTitleText: '门码' })
