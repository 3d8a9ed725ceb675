export default definePageConfig({ navigationBarTitleText: '顾问的工作' })
