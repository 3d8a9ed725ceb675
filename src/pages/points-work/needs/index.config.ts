export default definePageConfig({ navigationBarTitleText: '爱心求助' })
