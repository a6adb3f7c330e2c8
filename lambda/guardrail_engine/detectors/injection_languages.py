# ruff: noqa: RUF001 - Cyrillic and full-width characters are the data
"""The override and reveal rules in other languages, accents optional since the folded view drops them."""

from __future__ import annotations

from typing import Final

from guardrail_engine.detectors.rule import Rule, words

_W: Final = r"(?:[^\W_]{1,14} ){0,4}?"
# Languages without blanks between words: anything but the end of a sentence.
_C: Final = r"[^。.!！?？\n]{0,12}?"

LANGUAGES: Final = (
    Rule(
        "override-de",
        words("ignorier vergiss vergesse missacht befolge beachte verwirf überschreib"),
        r"~(?:ignorier(?:e|en|t)?|vergiss|vergessen?|missachte[nt]?|verwirf|überschreibe|befolge|beachte)"
        rf" {_W}(?:vorherig|vorig|bisherig|obig|früher|alle|deine|ihre|"
        rf"ursprünglich|vorangegangen|vorangehend|system)[^\W_]{{0,4}} {_W}(?:anweisung|instruktion|regel|"
        rf"vorgabe|befehl|richtlinie|prompt|auftr[aä]g|anleitung)[^\W_]{{0,4}}~",
    ),
    Rule(
        "override-fr",
        words("ignor oubli négligez néglige suivez"),
        r"~(?:ignore[zr]?|oublie[zr]?|n[eé]glige[zr]?|ne (?:suis|suivez|tiens|tenez) pas) "
        rf"{_W}(?:instructions?|consignes?|directives?|ordres?|r[eè]gles?|commandes?|invites?|prompts?) "
        rf"{_W}(?:pr[eé]c[eé]dent[^\W_]{{0,3}}|ant[eé]rieur[^\W_]{{0,3}}|ci dessus|initial[^\W_]{{0,3}}|"
        rf"donn[eé][^\W_]{{0,2}}|du syst[eè]me|re[cç]ues)~",
    ),
    Rule(
        "override-es",
        words("ignor olvid descart omit sigas haz"),
        r"~(?:ignor[ae]n?|ignorar|olvid[ae]n?|olvidar|olv[ií]date de|descart[ae]|omit[ae]|no sigas|haz "
        rf"caso omiso(?: de)?|desobedece) {_W}(?:instruccion(?:es)?|instrucci[oó]n|[oó]rdenes|"
        r"indicaciones|"
        rf"reglas|directrices|comandos|normas|prompts?) {_W}(?:anteriores|anterior|previas?|precedentes|"
        r"dadas|iniciales|originales|del sistema|de arriba|recibidas)~"
        rf"|~(?:ignora|olvida) (?:todas? )?(?:las |tus |sus )?(?:anteriores|previas) {_W}(?:instrucciones|"
        r"[oó]rdenes|reglas)~"
        rf"|~(?:ignora|olvida|ignore|olvide) (?:todo )?lo (?:anterior|que (?:te|se|has|he))~",
    ),
    Rule(
        "override-pt",
        words("ignor esque desconsider descart"),
        r"~(?:ignor[ea]m?|ignorar|esque[cç][ae](?: de)?|esquecer|desconsider[ea]|descart[ea]) "
        rf"{_W}(?:instru[cç][oõ]es|ordens|regras|diretrizes|comandos|orienta[cç][oõ]es|prompts?) "
        rf"{_W}(?:anteriores|pr[eé]vias|acima|precedentes|dadas|iniciais|originais|do sistema)~|"
        r"~(?:ignore|esque[cç]a) tudo (?:o )?que~",
    ),
    Rule(
        "override-it",
        words("ignor dimentica scorda trascura"),
        r"~(?:ignor[ai]|ignorate|ignorare|dimentica(?:te|re)?|dimenticati di|scorda(?:ti)?|trascura) "
        rf"{_W}(?:istruzion[ei]|ordini|regole|direttive|comandi|indicazioni|prompt) "
        rf"{_W}(?:precedent[ei]|sopra|iniziali|originali|date|ricevute|del sistema)~|~(?:ignora|dimentica)"
        rf" (?:tutto )?(?:ci[oò]|quello) che~|~(?:ignora|dimentica) {_W}precedenti (?:istruzioni|ordini|"
        r"regole)~",
    ),
    Rule(
        "override-nl",
        words("negeer vergeet"),
        rf"~(?:negeer|negeren|vergeet) {_W}(?:vorige|voorgaande|eerdere|bovenstaande|alle|je|jouw|"
        rf"oorspronkelijke) {_W}(?:instructies?|opdrachten?|regels|richtlijnen|aanwijzingen|prompts?)~",
    ),
    Rule(
        "override-pl",
        words("zignoruj ignoruj zapomnij pomiń"),
        rf"~(?:zignoruj|ignoruj|zapomnij|pomi[nń]) {_W}(?:poprzedni|wcze[sś]niejsz|powy[zż]sz|wszystki|"
        rf"swoj|wszelki)[^\W_]{{0,4}} {_W}(?:instrukcj|polece|zasad|regu[lł]|wytyczn|rozkaz)[^\W_]{{0,5}}",
    ),
    Rule(
        "override-tr",
        words("yoksay yok unut görmezden dikkate"),
        rf"~(?:[oö]nceki|yukar[ıi]daki|t[uü]m|b[uü]t[uü]n|sistem) {_W}(?:talimat|komut|y[oö]nerge|kural|"
        rf"emir|istem)[^\W_]{{0,10}} {_W}(?:yok ?say|unut|g[oö]rmezden gel|dikkate alma|g[oö]z ard[ıi])",
    ),
    Rule(
        "override-ru",
        words("игнорир забуд забыт отмени пренебре"),
        rf"(?:про)?(?:игнориру[^\W_]{{1,5}}|~забудь(?:те)?|~отмени(?:те)?|~пренебреги(?:те)?|не "
        rf"следуй(?:те)?) {_W}(?:предыдущ|прошл|прежн|вышестоящ|ранн|ранее|все|сво|тво|ваш|данные|"
        rf"первоначальн|системн|выше)[^\W_]{{0,7}} "
        rf"{_W}(?:инструкц|указан|команд|правил|приказ|директив|промпт|запрос|сообщен)[^\W_]{{0,5}}|"
        r"~забудь(?:те)? (?:обо? )?вс[её],? (?:что|о чем)",
    ),
    Rule(
        "override-zh",
        words("忽略 忽視 忽视 无视 無視 忘记 忘記 忘掉 不要理会 不要遵守 不用管 不要管 抛弃 放弃"),
        rf"(?:忽略|忽[視视]|[无無][視视]|忘[记記掉]|不要理会|不要遵守|不用管|不要管|抛弃|放弃){_C}(?:之前|"
        rf"以前|以上|上面|上述|先前|前面|此前|所有|全部|你的|原来|原有|系统|系統|一切){_C}(?:指令|指示|"
        r"命令|提示|规则|規則|说明|說明|规定|内容|內容|要求|设定|設定|约束|限制)",
    ),
    Rule(
        "override-ja",
        words("無視 忘れ 従わ 破棄 無効"),
        rf"(?:以前|上記|これまで|今まで|前の|前述|先ほど|すべて|全て|元の|システム|あなたの){_C}(?:指示|"
        rf"命令|ルール|プロンプト|指令|規則|設定|制約|内容){_C}(?:無視|忘れ|従わ|破棄|無効)",
    ),
    Rule(
        "override-ko",
        words("무시 잊어 잊고 따르지"),
        rf"(?:이전|위의|앞의|지금까지|모든|기존|앞선|시스템){_C}(?:지시|명령|규칙|프롬프트|지침|설정|안내|"
        rf"내용){_C}(?:무시|잊어|잊고|따르지)",
    ),
    Rule(
        "override-ar",
        words("تجاهل انس انسى تجاهلي اهمل"),
        rf"(?:تجاهل|انس[ىَ]?|[أا]همل|تخط)[^\W_]{{0,2}} {_W}(?:التعليمات|تعليمات|الأوامر|الاوامر|أوامر|"
        rf"القواعد|التوجيهات|الإرشادات)[^\W_]{{0,3}}(?: [^\W_]{{1,14}}){{0,3}}? (?:السابقة|أعلاه|الأصلية|"
        r"السابقه|المذكورة|النظام)",
    ),
    Rule(
        "override-fa",
        words("نادیده فراموش"),
        r"(?:دستور|دستورات|دستورالعمل|قوانین|فرمان)[^\W_]{0,6}(?:[\W_]{1,3}[^\W_]{1,12}){0,4}? (?:قبلی|"
        r"پیشین|بالا|سیستم|را)(?: [^\W_]{1,12}){0,3}? (?:نادیده|فراموش)",
    ),
    Rule(
        "override-hi",
        words("अनदेखा नज़रअंदाज नजरअंदाज भूल उपेक्षा अनदेखी"),
        r"(?:पिछल|पूर्व|पहले|उपरोक्त|सभी|ऊपर)[^।\n]{0,24}?(?:निर्देश|आदेश|नियम|अनुदेश)"
        r"[^।\n]{0,24}?(?:अनदेखा|अनदेखी|नज़रअंदाज|नजरअंदाज|भूल|उपेक्षा)",
    ),
    Rule(
        "override-uk",
        words("ігнору забуд"),
        rf"(?:про)?(?:ігнору[^\W_]{{1,5}}|~забудь(?:те)?) {_W}(?:попередн|минул|всі|усі|сво|тво|ваш|"
        rf"вищенаведен)[^\W_]{{0,6}} {_W}(?:інструкц|вказівк|команд|правил|наказ)[^\W_]{{0,5}}",
    ),
    Rule(
        "override-id-vi",
        words("abaikan lupakan bỏ phớt quên"),
        rf"~(?:abaikan|lupakan) {_W}(?:instruksi|perintah|aturan|arahan) {_W}(?:sebelumnya|di atas|"
        rf"terdahulu|sistem)~|(?:bỏ qua|phớt lờ|quên) {_W}(?:hướng dẫn|chỉ dẫn|lệnh|chỉ thị|quy tắc) "
        rf"{_W}(?:trước|trên|hệ thống)",
    ),
    Rule(
        "reveal-latin",
        words("prompt instruc anweisung consigne istruz instruç"),
        r"~(?:muestra|mu[eé]strame|revela|rev[eé]lame|dime|imprime|repite|montre|montrez|"
        r"r[eé]v[eè]le[zr]?|affiche[zr]?|r[eé]p[eè]te[zr]?|zeige?|verrate?|nenne|wiederhole|gib|"
        r"mostra(?:mi)?|rivela(?:mi)?|dimmi|stampa|ripeti|mostre|revele|diga|repita|toon|onthul|geef|"
        r"herhaal) "
        rf"{_W}(?:tu|tus|ton|tes|votre|vos|dein(?:en?)?|ihren?|il tuo|le tue|seu|suas|je|jouw|el|le|den|o|"
        rf"de|il) {_W}(?:system ?prompts?|prompt (?:del sistema|du syst[eè]me|di sistema|de sistema|do "
        r"sistema|syst[eè]me|oculto|inicial|initial)|(?:instrucciones|instructions|anweisungen|consignes|"
        r"istruzioni|instru[cç][oõ]es) "
        r"(?:del sistema|syst[eè]me|du syst[eè]me|iniciales|initiales|ocultas|secretas|secr[eè]tes|"
        r"internas|di sistema|iniziali|segrete|originales|originali))~",
    ),
    Rule(
        "reveal-cjk-cyrillic",
        words("提示 プロンプト 프롬프트 промпт 指令 инструкц"),
        rf"(?:显示|顯示|输出|輸出|告诉|告訴|透露|打印|重复|重複|泄露|洩露|展示){_C}(?:系统|系統|初始|隐藏|"
        rf"隱藏|秘密|原始)(?:提示|指令|命令)|(?:システム|初期|隠し|秘密の){_C}(?:プロンプト|指示)"
        rf"{_C}(?:表示|教え|見せ|出力|開示)"
        rf"|(?:시스템|초기|숨겨진){_C}(?:프롬프트|지시){_C}(?:보여|알려|출력|공개)|(?:покажи|раскрой|"
        rf"выведи|повтори|напиши|скажи)(?:те)? {_W}(?:системн|начальн|скрыт|исходн|сво|тво)[^\W_]{{0,5}} "
        rf"{_W}(?:промпт|инструкц|подсказк|сообщени)",
    ),
)
