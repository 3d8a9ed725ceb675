/** The parts of the subdistrict's page, one tap from each other; the capacity page is the tab. */
import Taro from '@tarojs/taro'
import { Card } from '@/components/card'
import { Row, Rows } from '@/components/row'

const open = (url: string) => { void Taro.navigateTo({ url }) }

export function MoreOfAdmin() {
  return (
    <Card label="还有">
      <Rows>
        <Row icon="bell" title="通知" detail="写通知，等您点头的，谁还没知道" onPress={() => open('/pages/notice-work/desk/index')} />
        <Row icon="award" title="乐龄风采" detail="居民交的作品，请撤下的图" onPress={() => open('/pages/gallery/board/index')} />
        <Row icon="hand-heart" title="积分" detail="规则、兑换品、商户、查账" onPress={() => open('/pages/points-admin/today/index')} />
        <Row icon="users" title="工作人员" detail="谁做什么，加人、收回" onPress={() => open('/pages/points-admin/staff/index')} />
        <Row icon="clipboard-list" title="服务目录" detail="有哪些服务，每周的时间、价格，暂停" onPress={() => open('/pages/admin/services/index')} />
        <Row icon="hourglass" title="名额规则" detail="电话留几位，一人几次，候补留多久" onPress={() => open('/pages/admin/fair/index')} />
        <Row icon="house-heart" title="床位" detail="日托、短住，谁住在哪里，哪天空着" onPress={() => open('/pages/beds/board/index')} />
        <Row icon="building-2" title="服务机构" detail="你点我送：登记、证照、菜单、人数" onPress={() => open('/pages/menu-work/organisations/index')} />
        <Row icon="building-2" title="助餐点" detail="什么时候供餐，订到几点" onPress={() => open('/pages/admin/kitchens/index')} />
        <Row icon="hand-heart" title="补贴标准" detail="一餐补多少，从哪天起" onPress={() => open('/pages/admin/policy/index')} />
        <Row icon="phone-call" title="联络阶梯" detail="没联系上老人，先找谁、谁值班" onPress={() => open('/pages/admin/ladder/index')} />
        <Row icon="hourglass" title="门等了多久" detail="没联系上老人的事，各用了多久" onPress={() => open('/pages/social-worker/figures/index')} />
        <Row icon="calendar-days" title="休息日" detail="哪天不能约" onPress={() => open('/pages/admin/closed-days/index')} />
        <Row icon="map-pin" title="15 分钟服务圈" detail="有哪些地方，什么时候开门" onPress={() => open('/pages/admin/places/index')} />
        <Row icon="file-text" title="查阅记录" detail="谁看过、谁改过" onPress={() => open('/pages/admin/audit/index')} />
        <Row icon="shield-check" title="此刻都成立吗" detail="每一条规矩，全部数据查一遍" onPress={() => open('/pages/admin/laws/index')} />
      </Rows>
    </Card>
  )
}
