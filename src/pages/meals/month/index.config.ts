export default definePageConfig({ navigationBarTitleText: '每月餐费' })
