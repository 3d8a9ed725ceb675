/** What is told of a licence that runs out. Who has no message left sees it on the page where they work: nobody telephones about it. */
import { instantOf, spokenDay } from './civil-time'
import { thing, time, type Message } from './message'
import { templateIds } from './message-templates'
import { licenceNames, type Licence, type Organisation } from './organisation'

export function licenceMessage(organisation: Pick<Organisation, '_id' | 'name'>, licence: Pick<Licence, 'kind' | 'untilOn'>, today: string): Pick<Message, 'templateId' | 'page' | 'data' | 'gist' | 'callUntil'> {
  const what = licence.untilOn < today ? `过期了，换好证再接单` : `${spokenDay(licence.untilOn)}到期，请换证`
  return {
    templateId: templateIds.reminder, callUntil: 0, page: `pages/menu-work/organisation/index?providerId=${organisation._id}`,
    data: { thing1: thing(organisation.name), time2: time(instantOf(licence.untilOn)), thing3: thing(`${licenceNames[licence.kind]}${what}`) },
    gist: `${organisation.name}的${licenceNames[licence.kind]}${what}`,
  }
}
