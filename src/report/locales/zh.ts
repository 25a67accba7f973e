import { chinese } from '../../segments/locales/chinese.js';
import type { Locale } from './locale.js';

/** Simplified Chinese. */
export const zh: Locale = {
  ...chinese,
  page: {
    customer: '客户{customer}',
    customerAsOf: '客户{customer}，截至{day}',
    lapsed: '，目前没有有效保障',

    risk: '风险等级：{tier}',
    riskSince: '风险等级：{tier}（自{day}起）',
    meanings: {
      excellent: '值得珍惜的客户：以往经验再好不过',
      healthy: '保费足以覆盖赔款、费用和目标利润',
      'sub-healthy': '扣除赔款后，保费不足以支付费用和目标利润',
      'high-risk': '赔款超过保费收入',
      unrated: '了解的情况太少，暂时无法评级',
    },
    byFigures: '仅按今日数据应为{tier}',
    overrideEnded: '人工设定的等级{tier}已于{day}终止（{author}：{reason}）',
    cover: '承保{exposure}，计入赔案{claims}，已赚保费{premium}，已发生赔款{incurred}',
    lookBack: '不予计入：{claims}赔案，已发生赔款{incurred}，发生在{time}以前',
    forgiveness:
      '不予计入：{claims}赔案，已发生赔款{incurred}，连续承保{time}未出险后的首次赔案，予以豁免',
    byStatus: '不计为赔案：{claims}，已发生赔款{incurred}，因其状态为{status}',
    setAside: '按方案不予计入：{claims}赔案，已发生赔款{incurred}',
    statuses: {
      open: '未结案',
      closed: '已结案',
      nil: '零赔付结案',
      withdrawn: '已撤回',
      inquiry: '仅为咨询',
    },
    lossRatios: '实际赔付率为{observed}，下一年预期为{expected}',

    speaks: '对客户有利和不利的因素：',
    favours: '有利：{text}',
    against: '不利：{text}',
    nothing: '没有突出的因素',

    checked: '评定等级时依次检查以下条件，以最先成立的一条为准：',
    rule: '若{rule}，则为{tier}：{answer}',
    figure: '（{observed}）',
    figures: '（{observed}，对比{compared}）',
    comparison: '{comparison}：{answer}',
    noRule: '以上条件均不成立，因此等级为{tier}',

    change: '怎样可以改变等级：',
    best: '无需改变：已是最好的等级',
    bestHeld: '已是最好的等级；不再保持之后，以届时的数据为准',
    better: '保障不变且大约{time}不再发生赔案，等级即可升为{better}；过去的赔案无法抹去',
    months: ['{n}个月', '{n}个月'],
    short: '再承保{time}即可评级',
    unrateable: '有了保费和赔案记录之后才能评级',
    stays: '按现行方案，仅靠一段时间不出险不能升级',

    value: '价值：{tier}',
    valueTiers: { high: '高价值', low: '低价值' },
    measured: '{measure}为{amount}，高价值标准为{cut}',
    loyalties: { 'one-time': '一次性客户', regular: '常客', loyal: '忠诚客户' },
    purchases: {
      new: '首次投保',
      renewal: '已续保',
      core: '同一险种有多张保单',
      cross: '在多个险种有保单',
      lapsed: '没有有效保单',
    },
    lifetime:
      '客户终身价值为{value}{between}：扣除赔款和费用后预期每年{profit}，乘以本期之后的{years}（已折现并按续保概率加权）',
    lifetimeAlready:
      '即上述价值{between}：扣除赔款和费用后预期每年{profit}，乘以本期之后的{years}（已折现并按续保概率加权）',
    between: '［{low}至{high}］',
    assumed: '其中{amount}来自方案假设的加保和转介绍',
    stay: '下次续保时留下的概率为{probability}',
    atStake: '面临流失风险的利润为{amount}',

    service: '服务等级：{tier}',
    entitled: '客户可享受：{list}',
    services: { signature: '尊享', plus: '优享', standard: '标准', basic: '基础' },
    entitlements: {
      'personal manager': '专属客户经理',
      'claims settled first, part payment at once': '优先理赔并立即预付部分赔款',
      'claims settled fast, part payment at once': '快速理赔并立即预付部分赔款',
      'courtesy car': '代步车',
      'annual inspection': '年度检查',
      congratulations: '节日和生日祝福',
      'renewal call before the term ends': '到期前续保提醒电话',
      'feedback call after a claim': '理赔后回访电话',
      'advice on avoiding losses': '防灾防损建议',
    },

    underwriting: '核保建议：{action}',
    actions: {
      renew: '续保',
      reprice: '调整保费',
      restrict: '限制保障或查勘风险',
      refer: '转交核保人员',
    },
    indicated: '建议保费调整{change}，在方案限度之内',
    nothingToChange: '目前没有有效保障，因此没有保费可调整',
    hint: '{text}（{action}）',
    withheld: '不予提示：{action}。{text}［{place}：{citation}，{day}］',
    limited: '保费调整受到限制。{text}［{place}：{citation}，{day}］',
    grounds: {
      'uk-renewal-price': '续保价格不得高于新客户投保同样保障的价格（个人客户，家财险和车险）',
      'or-old-claims':
        '五年以前的索赔不得用来决定是否续保、费率或条款；可以用来给予折扣（房主保险）',
      'or-first-claim': '五年内的首次索赔不得用来决定是否续保（房主保险）',
      'ok-first-claim':
        '保单生效满45天后，不得仅因首次索赔而解除保单、不予续保或提高保费（房主保险）',
    },
    decides: '以上是建议，不是决定：由核保人员决定',

    sure: '把握有多大：',
    interval: '客户的平均赔付率有{probability}的概率在{low}至{high}之间',
    noInterval: '没有区间：全部业务中看不出客户之间的差异',
    believed: '客户自身经验占{credibility}的权重，其余取自全部业务的经验',
    probability: '客户的真实赔付率高于允许水平的概率为{probability}',
    average: '以上针对客户的平均水平，不代表某一年的结果',
    countsOnly: '按此方法只计赔案数量，不计赔案金额',

    list: '；',
    parts: '，',
  },
};
