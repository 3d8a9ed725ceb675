/** Roles in words, and what each may do. */
import type { OutputOf } from '@/contract'

export type GivenRole = OutputOf<'staff.list'>['people'][number]['roles'][number]['role']

export const roleChoices: readonly { key: GivenRole; title: string; detail: string }[] = [
  { key: 'socialWorker', title: '社工', detail: '管几个社区：核实、接电话、发任务' },
  { key: 'careConsultant', title: '乐龄顾问', detail: '几个社区或网格：答疑、评估、照护计划' },
  { key: 'careWorker', title: '护理员', detail: '一家服务机构的，上门服务' },
  { key: 'kitchen', title: '厨房', detail: '一个助餐点的，排菜单、出餐' },
  { key: 'courier', title: '送餐员', detail: '一个助餐点的，送餐上门' },
  { key: 'merchant', title: '商户店员', detail: '一家商户的，核销兑换码' },
  { key: 'admin', title: '管理员', detail: '整个街道：规则、名额、人员' },
]
export const roleWords = (role: GivenRole): string => roleChoices.find((one) => one.key === role)?.title ?? role
