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
    "hearing.mediators": "调解员", "hearing.script_done": "调解程序",
    "sentence.text": "笔录", "sentence.speaker": "发言人",
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
    "form.paper": "文书种类", "form.values": "文书内容",
}  # fmt: skip


def field_term(field: str) -> str:
    """The term for `party.name` and the like; a field of a newer program keeps a neutral one."""
    return FIELD_TERMS.get(field, "其他内容")


KIND_TERMS: Final = {
    "case.opened": "登记案件", "case.set": "修改案件内容", "case.moved": "改变办理状态", "case.numbered": "编定案号",
    "party.added": "添加当事人", "party.set": "修改当事人", "party.left": "去掉当事人",
    "hearing.opened": "开始调解", "hearing.set": "修改调解信息", "hearing.sentence": "记录发言",
    "hearing.corrected": "更正笔录", "hearing.closed": "结束笔录",
    "agreement.set": "修改协议", "clause.added": "添加条款", "clause.set": "修改条款", "clause.removed": "删去条款",
    "agreement.order": "调整条款顺序", "obligation.added": "添加履行内容", "obligation.set": "修改履行内容",
    "obligation.removed": "删去履行内容", "agreement.signed": "签订协议",
    "payment.recorded": "登记付款", "payment.voided": "作废付款", "follow_up.recorded": "登记回访",
    "form.added": "填写文书内容", "form.set": "修改文书内容", "form.removed": "撤回文书内容",
    "template.proposed": "添加文书模板", "template.approved": "批准文书模板",
    "document.issued": "签发文书", "evidence.attached": "附入材料", "evidence.removed": "撤下材料",
    "dossier.excused": "说明卷宗缺件理由", "dossier.filed": "装订卷宗",
    "character.pictured": "放入生僻字的图片",
    "conflict.resolved": "选定冲突的内容", "note.private": "私人备注",
    "order.issued": "县中心发来工作件", "numbers.granted": "县中心分配案号", "numbers.closed": "县中心收回案号",
    "desk.enrolled": "电脑加入县中心", "desk.revoked": "电脑停用", "desk.opened": "启用电脑",
    "desk.succeeds": "换用新电脑",
}  # fmt: skip


def kind_term(kind: str) -> str:
    """What happened, for a kind of entry; one of a newer program keeps a neutral term."""
    return KIND_TERMS.get(kind, "其他记录")
