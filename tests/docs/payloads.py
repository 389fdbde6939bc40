"""What people try on a template engine: each would plant a sentinel, read a secret or never end, if it ran.

Gathered by kind, from the engine's own grammar and from what is known of sandboxes that were left.
"""

from __future__ import annotations

SENTINEL = "planted"
PLANT = f"open('{SENTINEL}','w').write('x')"

VALUES = (
    "''.__class__", "''.__class__.__mro__[1].__subclasses__()", "''['__class__']", "''|attr('__class__')",
    "''|attr('\\x5f\\x5fclass\\x5f\\x5f')", "payer.__class__.__base__", "payer['__class__']", "payer|attr('format')",
    "payer.format(payer)", "'{0.__class__}'.format(payer)", "'{0.__class__}'|format(payer)", "payer.upper()",
    "parties.append(1)", "parties.__len__()", "parties[0].items()", "parties[0].pop('name')", "parties['name']",
    "parties[payer]", "parties[0:1]", "parties[-1]", "parties[0]['name']", "config", "self",
    "self.__init__.__globals__", "self._TemplateReference__context", "request.application.__globals__",
    "cycler.__init__.__globals__.os.popen('id')", "joiner.__init__.__globals__",
    "namespace.__init__.__globals__.os.system('id')", "lipsum.__globals__['os'].popen('id')", "range(10**9)",
    "dict(a=1)", "get_flashed_messages.__globals__", "g.pop.__globals__", "url_for.__globals__",
    "__import__('os').popen('id').read()", "__builtins__", "_", "_payer", PLANT,
    "().__class__.__base__.__subclasses__()[1]('planted')", "payer ~ payee", "payer + payee", "payer * 10",
    "'a' * 10**8", "1 + 1", "1", "'text'", "[payer]", "(payer, payee)", "{'a': payer}",
    "payer if has_payer else payee", "payer == payee", "payer is defined", "payer in payee", "not payer", "payer|safe",
    "payer|upper", "parties|map(attribute='__class__')|list", "parties|tojson", "parties|xmlattr",
    "parties|sort(attribute='name')", "parties|join(attribute='__class__')", "parties|selectattr('name')|list",
    "payer|default(cycler)", "payer|replace('a', 'b')", "lines|join", "-payer", "payer ** 2", "loop", "loop.index",
    "caller()", "super()", "payer.__doc__", "parties[0].__class__", "{{ payer }}", "payer|length",
    "parties|length()|int",
)  # fmt: skip

STATEMENTS = (
    "{% set x = 1 %}", "{% set x = cycler.__init__ %}", "{% import 'os' as os %}", "{% from 'a' import b %}",
    "{% include '/etc/passwd' %}", "{% extends 'a' %}", "{% block a %}{% endblock %}", "{% macro m() %}{% endmacro %}",
    "{% call m() %}{% endcall %}", "{% filter upper %}a{% endfilter %}", "{% with a = 1 %}{% endwith %}",
    "{% autoescape false %}{{ payer }}{% endautoescape %}", "{% raw %}{{ payer }}{% endraw %}",
    "{% do parties.append(1) %}", "{% debug %}", "{% trans %}a{% endtrans %}", "{% break %}", "{% continue %}",
    "{% print payer %}", "{% for c in ''.__class__.__mro__ %}{{ c }}{% endfor %}",
    "{% for a, b in parties %}{% endfor %}", "{% for a in parties if a.name %}{{ a.name }}{% endfor %}",
    "{% for a in parties recursive %}{{ loop(a) }}{% endfor %}", "{% for a in range(10) %}{{ a }}{% endfor %}",
    "{% for a in parties[0] %}{{ a }}{% endfor %}", "{% for a in payer %}{{ a }}{% endfor %}",
    "{% for _a in parties %}{% endfor %}", "{% for payer in parties %}{% endfor %}",
    "{% for a in parties %}{{ a }}{% endfor %}", "{% for a in parties %}{% else %}{{ payer }}{% endfor %}",
    "{% if payer %}a{% endif %}", "{% if payer == payee %}a{% endif %}",
    "{% if cycler.__init__.__globals__ %}a{% endif %}", "{% if payer is callable %}a{% endif %}",
    "{% if parties|length > 3 %}a{% endif %}", "{% if has_payer() %}a{% endif %}",
    "{%- if has_payer -%}a{%- endif -%}", "{%+ if has_payer %}a{% endif %}", "{# {{ payer }} #}", "{%p include 'a' %}",
    "{%tr set x = 1 %}", "{{r payer }}", "{{p payer.__class__ }}", "{% colspan payer.__class__ %}",
    "{% cellbg payer() %}", "{% vm %}", "{% hm %}", "{{ payer", "payer }}", "{% if has_payer %}", "{% endif %}",
    "{% endfor %}", "{%", "{{", "{ {payer}}", "{% elif has_payer %}", "{% else %}",
)  # fmt: skip

EVERY = tuple(f"{{{{ {value} }}}}" for value in VALUES) + STATEMENTS
