"""On which ground something may be erased for good: the five of article 47 of the law on personal information."""

from __future__ import annotations

from mediator.core.codes import Code


class ErasureGround(Code):
    """A ground; the number of the article travels, so that a later law gets numbers of its own."""

    PURPOSE_OVER = "pipl47.1", "处理目的已实现、无法实现或者不再必要"
    PERIOD_OVER = "pipl47.2", "保存期限届满"
    CONSENT_WITHDRAWN = "pipl47.3", "本人撤回同意"
    UNLAWFUL = "pipl47.4", "处理违反法律、行政法规或者约定"
    BY_LAW = "pipl47.5", "法律、行政法规规定的其他情形"
