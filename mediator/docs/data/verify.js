"use strict";
(function () {
  const known = JSON.parse(document.getElementById("known").textContent);
  const PREFIX = "M1:", LENGTH = 107, SIGNED = 43;
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const WORDS = { genuine: "相符", altered: "已更改", unknown: "未知", superseded: "已被替代" };
  const field = (id) => document.getElementById(id);

  function bytesOf(text) {
    const plain = text.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(plain + "=".repeat((4 - plain.length % 4) % 4)), (char) => char.charCodeAt(0));
  }

  function spelled(bytes) {
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function hex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function joined(domain, ...parts) {
    return new Uint8Array([...new TextEncoder().encode(domain + "\0"), ...parts.flatMap((part) => [...part])]);
  }

  function readMark(text) {
    if (!/^M1:[A-Za-z0-9_-]{143}$/.test(text)) return null;
    const data = bytesOf(text.slice(PREFIX.length));
    if (data.length !== LENGTH || data[0] !== 1 || PREFIX + spelled(data) !== text) return null;
    return {
      paper: hex(data.slice(1, 17)), pages: data[33] * 256 + data[34], key: hex(data.slice(35, 43)),
      signed: data.slice(0, SIGNED), signature: data.slice(SIGNED),
    };
  }

  async function isSigned(mark) {
    const key = await crypto.subtle.importKey("raw", bytesOf(known.keys[mark.key]), "Ed25519", false, ["verify"]);
    return crypto.subtle.verify("Ed25519", key, mark.signature, joined("mediator/paper/1", mark.signed));
  }

  async function codeOf(mark) {
    const hash = await crypto.subtle.digest("SHA-256", joined("mediator/check-code/1", mark.signed, mark.signature));
    let number = 0n, letters = "";
    for (const byte of new Uint8Array(hash).slice(0, 5)) number = number << 8n | BigInt(byte);
    for (let shift = 35n; shift >= 0n; shift -= 5n) letters += ALPHABET[Number(number >> shift & 31n)];
    return letters;
  }

  function typedCode(text) {
    return text.normalize("NFKC").toUpperCase().replace(/[^0-9A-Z]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  }

  async function judged(text, code, pages) {
    const mark = readMark(text);
    if (!mark) return ["unknown", "这不是本程序文书上的二维码，或者没有扫全。"];
    if (!Object.hasOwn(known.keys, mark.key)) return ["unknown", "签发的电脑不在这份名单里，请到出具文书的调解室核对。"];
    if (!await isSigned(mark)) return ["altered", "二维码的签名不对，这份文书不是所写的调解室出具的。"];
    if (typedCode(code) !== await codeOf(mark)) return ["altered", "纸上的核对码与二维码不符。"];
    if (Number(pages.normalize("NFKC")) !== mark.pages) return ["altered", `出具时全文共${mark.pages}页，与纸上的页数不符。`];
    if (Object.hasOwn(known.superseded, mark.paper)) {
      return ["superseded", `这份文书是真的，但已被编号${known.superseded[mark.paper]}的文书代替。`];
    }
    return ["genuine", `签名属实，核对码相符，全文共${mark.pages}页。`];
  }

  function show(state, note) {
    field("answer").hidden = false;
    field("answer").dataset.state = state;
    field("state").textContent = WORDS[state] || "还不能核对";
    field("note").textContent = note;
  }

  async function answer() {
    const empty = ["text", "code", "pages"].find((id) => !field(id).value.trim());
    if (empty) {
      field(empty).focus();
      return;
    }
    try {
      show(...await judged(field("text").value.trim(), field("code").value, field("pages").value.trim()));
    } catch (error) {
      show("", "这个浏览器不能核对签名，请换用新版的浏览器。");
    }
  }

  async function readPicture() {
    try {
      const picture = await createImageBitmap(field("picture").files[0]);
      const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(picture);
      field("text").value = found.length ? found[0].rawValue : "";
    } catch (error) {
      field("text").value = "";
    }
    if (field("text").value) field("code").focus();
    else show("", "照片里没有读到二维码，请靠近一些再拍，或者用扫码枪。");
  }

  field("form").addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  });
  field("text").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    answer();
  });
  for (const id of ["text", "code", "pages"]) {
    field(id).addEventListener("input", () => { field("answer").hidden = true; });
  }
  if ("BarcodeDetector" in window) {
    field("photo").hidden = false;
    field("picture").addEventListener("change", readPicture);
  }
  field("text").focus();
})();
