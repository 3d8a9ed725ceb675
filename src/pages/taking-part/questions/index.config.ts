export default definePageConfig({ navigationBarTitleText: '有不明白的' })
