/** The ways between the screens of volunteers. */
import Taro from '@tarojs/taro'

const open = (url: string) => { void Taro.navigateTo({ url }) }
export const openTask = (taskId: string) => open(`/pages/volunteer/task/index?taskId=${taskId}`)
export const openShift = (shiftId: string) => open(`/pages/volunteer/shift/index?shiftId=${shiftId}`)
/** In place of the screen that asked: back leads to where that was opened. */
export const goToShift = (shiftId: string) => { void Taro.redirectTo({ url: `/pages/volunteer/shift/index?shiftId=${shiftId}` }) }
export const goToTask = (taskId: string) => { void Taro.redirectTo({ url: `/pages/volunteer/task/index?taskId=${taskId}` }) }
export const openCode = (taskId: string) => open(`/pages/volunteer/code/index?taskId=${taskId}`)
export const openShifts = () => open('/pages/volunteer/shifts/index')
export const openJoin = () => open('/pages/volunteer/join/index')
export const openPairs = () => open('/pages/volunteer/pairs/index')
export const openProjects = () => open('/pages/volunteer/projects/index')
export const openProject = (projectId: string) => open(`/pages/volunteer/project/index?projectId=${projectId}`)
export const openCertificate = (year: number) => open(`/pages/volunteer/certificate/index?year=${year}`)
/** The passbook of a group that one belongs to. */
export const openGroupBook = (groupId: string) => open(`/pages/points/passbook/index?personId=${groupId}`)
