export default definePageConfig({ navigationBarTitleText: '柜台领餐' })
