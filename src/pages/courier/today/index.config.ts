export default definePageConfig({ navigationBarTitleText: '今日送餐' })
