export default definePageConfig({ navigationBarTitleText: '每周的安排' })
