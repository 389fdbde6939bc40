"""What a refused request is told: `application/problem+json` with a code, one Chinese sentence, and what is kept."""

from __future__ import annotations

from typing import Final

from starlette.responses import JSONResponse

from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable, WorldFailed

MEDIA: Final = "application/problem+json"
KEPT: Final = "电脑上的内容都在，没有丢失。"
STATUS: Final = {
    "bundle.magic": 400, "bundle.header": 400, "bundle.frame": 400, "bundle.end": 400, "bundle.hello": 400,
    "request.header": 400,
    "bundle.signature": 401, "bundle.sender": 401, "bundle.recipient": 401, "desk.revoked": 403, "bundle.foreign": 403,
    "enroll.code": 403, "enroll.denied": 403, "enroll.township": 403, "login.plain": 403, "login.wrong": 403,
    "page.right": 403, "account.unknown": 404,
    "form.token": 403,
    "bundle.gap": 409, "entry.fork": 409, "enroll.taken": 409, "upload.offset": 409, "upload.unfinished": 409,
    "enroll.expired": 410, "bundle.size": 413, "request.size": 413, "bundle.suite": 415, "bundle.version": 415,
    "entry.suite": 415, "upload.unknown": 404, "down.unknown": 404, "page.unknown": 404, "case.unknown": 404,
    "desk.unknown": 404,
    "slip.none": 404,
    "aside.unknown": 404, "aside.fork": 409, "order.unknown": 404, "publish.unknown": 404, "figure.unknown": 404,
    "template.unknown": 404,
    "upload.busy": 423,
    "schema.newer": 426, "request.rate": 429, "enroll.queue": 503, "center.busy": 503, "center.full": 507,
    "center.database": 503, "center.pieces": 503, "request.slow": 408,
}  # fmt: skip
SENTENCES: Final = {
    "bundle.magic": "送来的不是数据包。",
    "bundle.signature": "数据包的签名不对，没有接收。",
    "bundle.sender": "这台电脑还没有加入本中心，没有接收。",
    "bundle.recipient": "数据包不是封给本中心的，没有接收。",
    "bundle.foreign": "数据包是给另一个中心的，没有接收。",
    "bundle.gap": "中心还缺前面的记录，请从中心已有的地方重新发送。",
    "bundle.size": "数据包的大小不对，没有接收。",
    "desk.revoked": "这台电脑已停用，数据已暂存，等中心的人核对。",
    "entry.fork": "同一台电脑出现了两种不同的记录，数据已暂存，等中心的人核对。",
    "enroll.code": "登记码不对，或者已经用过、作废。",
    "enroll.denied": "中心没有同意这台电脑加入。",
    "enroll.expired": "登记码已过期，请向中心要新的。",
    "enroll.witness": "这台电脑带来的加入凭据不是本中心的，请用登记码加入。",
    "enroll.taken": "这台电脑已用另一套密钥加入过，请联系中心。",
    "enroll.township": "所在乡镇不属于本县，请核对。",
    "enroll.queue": "等候核对的电脑太多，请稍后再试。",
    "upload.offset": "续传的位置不对，请按中心已有的位置继续。",
    "upload.unknown": "没有这个续传任务，请重新开始。",
    "down.unknown": "没有等着取的这一份，请重新同步一次。",
    "upload.unfinished": "数据包还没有传完。",
    "upload.busy": "同一个数据包正在传送。",
    "schema.newer": "数据来自更新的程序版本，请先更新中心的程序。",
    "request.rate": "请求太多，请稍后再试。",
    "request.header": "请求缺少必要的内容，没有接收。",
    "request.size": "内容太大，没有接收。",
    "request.slow": "传送太慢，已断开，请再试。",
    "center.busy": "中心正忙，请稍后再试。",
    "center.full": "中心的磁盘已满，请联系中心。",
    "center.database": "中心的数据库暂时不能用，请稍后再试。",
    "center.pieces": "中心存放录音和扫描件的地方暂时不能用，文字都已收到，请稍后再试。",
    "blob.manifest": "录音或者扫描件的清单读不出来，没有接收。",
    "blob.frame": "录音或者扫描件的数据块读不出来，没有接收。",
    "blob.bits": "还缺哪些数据块的说明读不出来，没有接收。",
    "form.token": "页面已过期，请返回刷新后再提交。",
    "login.plain": "登录要走加密连接，请用 https 地址打开。",
    "login.wrong": "登录名、密码或者动态口令不对。",
    "page.right": "您的角色不能看这一页，也不能做这件事。需要的话请找系统管理员。",
    "room.login": "登录名不能为空，不能有空格、冒号和斜线，不超过六十四个字。",
    "account.unknown": "没有这个账号。",
    "account.taken": "这个登录名已经有人用了。",
    "account.self": "自己的账号要请另一位管理员来改。",
    "account.last": "这是最后一个在用的系统管理员，请先设好另一位。",
    "account.roles": "请选角色；乡镇负责人不能兼县里的角色。",
    "account.township": "乡镇负责人要选一个本县的乡镇，其他角色不选。",
    "account.password": "现在的密码不对，没有改动。",
    "account.again": "两次输入的新密码不一样。",
    "password.short": "新密码太短，至少十个字符。",
    "password.digits": "新密码全是数字时至少十四位。",
    "password.obvious": "新密码太容易猜到，请换一个。",
    "password.personal": "新密码里不能有登录名。",
    "password.long": "新密码太长。",
    "code.wrong": "动态口令不对。请等手机上换成下一个再输入，并核对手机的时间。",
    "code.set": "已经绑定过动态口令。",
    "center.defect": "中心内部出错，已记下。请稍后再试。",
    "page.unknown": "没有这一页。",
    "case.unknown": "没有这个案件。",
    "aside.unknown": "没有这个暂存的数据包，可能已经处理过。",
    "aside.fork": "两种不同的记录不能合在一起，只能丢弃；请让使用单位把要紧的内容重新录入。",
    "desk.unknown": "没有这台在用的电脑。",
    "slip.none": "这台电脑还没有收据，等它交换过一次再打印回执单。",
    "order.unknown": "没有这份督促单。",
    "order.unanswered": "这份督促单还没有答复，或者已经审核过，请刷新后再看。",
    "order.reason": "退回要写明理由。",
    "order.empty": "内容没有填写。",
    "order.none": "没有选中要下发的，请先勾选。",
    "lend.room": "这个调解室不能接办：本来就是它的案件、已经转给它，或者它还没有在用的电脑。",
    "lend.reason": "转办要写明理由。",
    "lend.none": "这个调解室现在没有接办这个案件，可能已经收回，请刷新后再看。",
    "erasure.ground": "请选依据。",
    "erasure.asked": "这个案件已经提出过，等另一位决定。",
    "erasure.none": "这个案件没有等着决定的删除，可能已经处理过，请刷新后再看。",
    "erasure.gone": "这个案件已经删除过了。",
    "erasure.second_person": "要由提出人以外的另一位督导员决定。",
    "figure.unknown": "没有这个数，可能选的报表已经变了，请回到统计再点。",
    "figure.days": "日期不正确，或者止日早于起日。",
    "publish.none": "没有选择文件。",
    "publish.size": "这份表太大，没有读取。",
    "publish.json": "文件的写法不对，或者有小数、重复的名称，没有读取。",
    "publish.form": "这份表有一处不合规定，各室读不懂。",
    "publish.kind": "没有这种表。",
    "publish.version": "版本没有填写，或者超过四十个字。",
    "publish.day": "起始日不正确。",
    "publish.same": "这份表和正在使用的完全一样，不需要下发。",
    "publish.changed": "有人刚刚下发了另一份表，请重新上传，再看一遍会改动什么。",
    "publish.unknown": "没有下发过这份表。",
    "template.kind": "没有这种文书。",
    "template.size": "模板文件超过 8 MB，没有读取。请去掉大图片，或者压缩图片后再试。",
    "template.unknown": "没有这份模板。",
    "template.damaged": "数据库里的这份模板被改动过，不能用。请撤回，重新提交。",
    "template.findings": "这份模板现在核对不通过，没有核发。请撤回，改正后重新提交。",
    "template.second_person": "模板要由提交人以外的另一位督导员核发。",
    "template.decided": "这份模板已经核发或者撤回，请刷新后再看。",
    "template.reason": "没有写明为什么撤回。",
    "template.none": "这种文书没有自带的模板。",
    "enroll.no_request": "没有正好一个等候核对的电脑显示这六位数字。",
}
BY_FAMILY: Final = ((Unacceptable, 422), (WorldFailed, 503), (RefusedByRule, 409), (NoAccess, 403))
RETRY: Final = frozenset({408, 429, 503})
CARRIED: Final = ("have", "offset", "retry_after")


def status_of(error: MediatorError) -> int:
    """HTTP status of an error: by its code, else by its family; what is none of them is our own defect."""
    found = STATUS.get(error.code)
    if found:
        return found
    return next((status for family, status in BY_FAMILY if isinstance(error, family)), 500)


def sentence_of(code: str) -> str:
    """One Chinese sentence, also for codes that have none of their own."""
    if code in SENTENCES:
        return SENTENCES[code]
    if code.startswith("entry."):
        return "数据包里有一条记录不合格式，整包没有接收。"
    return "数据包有损坏，没有接收。" if code.startswith("bundle.") else f"没有完成（{code}）。"


def problem(error: MediatorError) -> JSONResponse:
    """The answer: never a value, a name or an id of somebody else's."""
    status = status_of(error)
    body: dict[str, str | int] = {
        "type": f"urn:mediator:{error.code}", "title": sentence_of(error.code), "status": status, "code": error.code,
        "safe": KEPT,
    }  # fmt: skip
    body |= {name: error.facts[name] for name in CARRIED if name in error.facts}
    headers = {}
    if status in RETRY:
        headers["Retry-After"] = str(body.get("retry_after", 10))
    if error.code == "upload.offset":
        headers["Upload-Offset"] = str(error.facts["offset"])
    return JSONResponse(body, status, headers, media_type=MEDIA)
