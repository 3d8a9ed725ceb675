/** The gallery in words. */
import Taro from '@tarojs/taro'
import type { TagTone } from '@/components/tag'
import type { AskAbout, WorkSort, WorkState } from '@/domain/gallery'

export const open = (page: string, query = '') => { void Taro.navigateTo({ url: `/pages/gallery/${page}/index${query === '' ? '' : `?${query}`}` }) }

export const sortWords = (sort: WorkSort): string => ({ painting: '书画', photo: '摄影', craft: '手工', other: '作品', activity: '活动照片' })[sort]

export const stateWords = (state: WorkState): { readonly words: string; readonly tone: TagTone } => ({
  waiting: { words: '等社区看', tone: 'gold' as const }, published: { words: '大家看得到', tone: 'willow' as const }, hidden: { words: '先收起来了', tone: 'gold' as const },
  returned: { words: '退回了', tone: 'warm' as const }, takenBack: { words: '取回了', tone: 'plain' as const }, removed: { words: '撤下了', tone: 'warm' as const },
})[state]

export const aboutWords = (about: AskAbout): string => (about === 'me' ? '图里有我，请撤下' : '这张图不合适')

/** 王秀珍 · 华光城: nobody is named who does not want it. */
export const whoseWords = ({ authorName, activity, communityName }: { readonly authorName: string | null; readonly activity: { readonly title: string } | null; readonly communityName: string }): string =>
  `${activity === null ? (authorName ?? '一位居民') : activity.title} · ${communityName}`

export const likesWords = (likes: number): string => (likes === 0 ? '还没有人点喜欢' : `${likes} 人喜欢`)
