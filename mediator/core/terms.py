"""What a clerk calls each field of a record: `kind.field` as the journal names it, and the term on the forms."""

from __future__ import annotations

from typing import Final

FIELD_TERMS: Final = {
    "case.number": "案号", "case.kind": "案件种类", "case.title": "案件名称", "case.dispute_type": "纠纷类型",
    "case.origin": "案件来源", "case.category": "收件分类", "case.organization": "调解组织", "case.facts": "纠纷事实",
    "case.requests": "申请事项", "case.outcome": "调解结果", "case.accepted_on": "受理日期", "case.dates": "其他日期",
    "case.status": "办理状态",
    "party.ref": "当事人代号", "party.side": "地位", "party.kind": "自然人或单位", "party.name": "姓名或名称",
    "party.role_as_given": "称谓", "party.sex": "性别", "party.birth_date": "出生日期", "party.ethnicity": "民族",
    "party.id_type": "证件种类", "party.id_number": "证件号码", "party.legal_representative": "法定代表人",
    "party.occupation": "职业", "party.phone": "联系电话", "party.address": "住址", "party.note": "当事人备注",
    "party.acts_for": "代理何人", "party.authorization": "代理权限",
    "hearing.held_at": "调解时间", "hearing.place": "调解地点", "hearing.recorder": "记录人",
    "hearing.mediators": "调解员", "hearing.script_done": "调解程序", "hearing.script_at": "程序进行的时间",
    "hearing.meeting": "会议种类", "hearing.interpreter": "翻译", "hearing.observers": "列席人员",
    "hearing.absent": "未到场人员", "hearing.pauses": "休息时间",
    "sentence.text": "笔录", "sentence.speaker": "发言人", "sentence.marked": "笔录标记",
    "sentence.recording": "录音", "sentence.sound": "录音中的位置",
    "agreement.form": "协议形式", "agreement.signed_on": "签订日期", "agreement.place": "签订地点",
    "agreement.disputed_points": "争议事项", "agreement.responsibility": "各方责任", "agreement.copies": "份数",
    "clause.text": "协议条款", "clause.no": "条款序号",
    "clause.template": "条款样式", "clause.slots": "条款填写的内容", "obligation.clause": "所依据的条款",
    "obligation.payer": "付款人", "obligation.payee": "收款人", "obligation.amount": "金额",
    "obligation.due_on": "履行期限", "obligation.due_as_given": "履行期限", "obligation.method": "履行方式",
    "obligation.goods": "履行标的", "obligation.note": "履行备注", "obligation.part_of_total": "是否含在总额内",
    "obligation.payer_party": "付款人", "obligation.payee_party": "收款人",
    "payment.obligation": "对应的履行内容", "payment.amount": "付款金额", "payment.paid_on": "付款日期",
    "payment.method": "付款方式", "payment.note": "付款备注",
    "follow_up.visited_on": "回访日期", "follow_up.visitor": "回访人", "follow_up.visited": "被回访人",
    "follow_up.situation": "回访情况", "follow_up.satisfaction": "满意度",
    "evidence.title": "材料名称", "evidence.place": "在卷宗中的位置", "evidence.sha256": "材料校验值",
    "evidence.pages": "材料页数", "evidence.size": "材料大小",
    "case.village": "村（社区）", "case.source_ref": "来件编号",
    "case.arrived_at": "收件时间", "case.people": "涉及人数",
    "case.risk": "风险等级", "case.risk_reason": "定级理由", "case.visit": "初信初访或重复",
    "case.visit_reason": "更正理由",
    "case.difficulty": "难易程度", "case.lead_body": "牵头单位", "case.helping": "协办单位", "case.road": "办理途径",
    "case.road_reason": "选择途径的理由", "case.prevented": "防止激化",
    "payment.goods": "交付的物品或完成的事项",
    "link.other": "关联事项", "link.reason": "关联原因", "link.role": "来源或去向", "link.note": "关联说明",
    "event.event": "办理环节", "event.on": "办理日期", "event.at": "办理时间", "event.text": "办理内容",
    "event.by": "办理人",
    "period.rule": "期限", "period.step": "期限变更", "period.on": "变更日期", "period.length": "延长时间",
    "period.unit": "时间单位", "period.approved_by": "批准人", "period.reason": "变更理由",
    "supervision.sort": "督促种类", "supervision.rule": "所依据的期限", "supervision.text": "督促内容",
    "supervision.place": "所指位置", "supervision.due": "应办日期", "supervision.answer_by": "答复期限",
    "supervision.answer": "答复内容", "supervision.answered_on": "答复日期", "supervision.answered_by": "答复人",
    "supervision.verdict": "审核意见", "supervision.verdict_text": "审核说明",
    "satisfaction.asked_on": "评价日期", "satisfaction.about": "评价对象", "satisfaction.answer": "满意度",
    "satisfaction.asked": "评价人", "satisfaction.asked_by": "询问人", "satisfaction.note": "评价说明",
    "amendment.obligation": "变更的履行内容", "amendment.on": "变更日期", "amendment.paper": "补充协议",
    "amendment.amount": "变更后的金额", "amendment.due_on": "变更后的期限", "amendment.waived": "是否免除",
    "amendment.note": "变更说明",
    "likeness.other": "另一事项", "likeness.likeness": "比对内容", "likeness.same": "是否相同",
    "likeness.party": "当事人", "likeness.other_party": "对方当事人", "likeness.reason": "判断理由",
    "form.paper": "文书种类", "form.values": "文书内容", "paper.number": "文书编号", "paper.title": "文书名称",
}  # fmt: skip


def field_term(field: str) -> str:
    """The term for `party.name` and the like; a field of a newer program keeps a neutral one."""
    return FIELD_TERMS.get(field, "其他内容")


KIND_TERMS: Final = {
    "case.opened": "登记案件", "case.set": "修改案件内容", "case.moved": "改变办理状态", "case.numbered": "编定案号",
    "case.imported": "录入案件文件", "case.granted": "县中心转办", "case.released": "县中心收回转办",
    "party.added": "添加当事人", "party.set": "修改当事人", "party.left": "去掉当事人",
    "hearing.opened": "开始调解", "hearing.set": "修改调解信息", "hearing.sentence": "记录发言",
    "hearing.corrected": "更正笔录", "hearing.closed": "结束笔录",
    "hearing.marked": "标记发言", "hearing.read": "核对笔录", "hearing.signed": "在笔录上签名",
    "recording.agreed": "同意录音", "recording.withdrawn": "不同意录音", "recording.begun": "开始录音",
    "recording.keyed": "保存录音密钥", "recording.ended": "录音结束",
    "agreement.set": "修改协议", "clause.added": "添加条款", "clause.set": "修改条款", "clause.removed": "删去条款",
    "agreement.order": "调整条款顺序", "obligation.added": "添加履行内容", "obligation.set": "修改履行内容",
    "obligation.removed": "删去履行内容", "agreement.signed": "签订协议",
    "payment.recorded": "登记付款", "payment.voided": "作废付款", "follow_up.recorded": "登记回访",
    "form.added": "填写文书内容", "form.set": "修改文书内容", "form.removed": "撤回文书内容",
    "template.proposed": "添加文书模板", "template.approved": "批准文书模板",
    "template.withdrawn": "撤回文书模板", "template.issued": "县中心下发文书模板",
    "template.recalled": "县中心撤回文书模板",
    "document.issued": "签发文书", "evidence.attached": "附入材料", "evidence.removed": "撤下材料",
    "dossier.excused": "说明卷宗缺件理由", "dossier.filed": "装订卷宗",
    "character.pictured": "放入生僻字的图片",
    "conflict.resolved": "选定冲突的内容", "note.private": "私人备注",
    "link.added": "关联事项", "link.removed": "解除关联",
    "event.recorded": "登记办理环节", "event.voided": "作废办理环节",
    "period.changed": "变更期限", "period.voided": "作废期限变更",
    "supervision.raised": "提出督促", "supervision.issued": "县中心督促",
    "supervision.received": "收到督促", "supervision.answered": "答复督促",
    "supervision.judged": "县中心审核答复",
    "satisfaction.recorded": "登记满意度", "satisfaction.voided": "作废满意度",
    "amendment.recorded": "登记协议变更", "amendment.voided": "作废协议变更",
    "likeness.judged": "判断是否相同", "finding.passed": "说明提示不改的理由", "table.published": "县中心下发数据",
    "order.issued": "县中心发来工作件", "numbers.granted": "县中心分配案号", "numbers.closed": "县中心收回案号",
    "desk.enrolled": "电脑加入县中心", "desk.revoked": "电脑停用", "desk.opened": "启用电脑",
    "desk.succeeds": "换用新电脑",
    "entry.erased": "依法删除内容", "case.erased": "县中心依法删除整案", "erasure.done": "本机已删除",
    "township.key": "交付乡镇密钥",
}  # fmt: skip


def kind_term(kind: str) -> str:
    """What happened, for a kind of entry; one of a newer program keeps a neutral term."""
    return KIND_TERMS.get(kind, "其他记录")
