export default definePageConfig({ navigationBarTitleText: '约计划里的' })
