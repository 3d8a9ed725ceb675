export default definePageConfig({ navigationBarTitleText: '住院、迁出、去世' })
