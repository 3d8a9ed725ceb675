export default definePageConfig({ navigationBarTitleText: '迁出、去世' })
