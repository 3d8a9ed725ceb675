export default definePageConfig({ navigationBarTitleText: '每天报平安' })
