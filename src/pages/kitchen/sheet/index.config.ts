export default definePageConfig({ navigationBarTitleText: '备餐单' })
