"""Works a published draw out again, without any part of Liuhen: python3 draw-check.py record.json

Takes the record of a double-random draw and that of an inspection's sample. The rules stand in draw.md. Prints EQUAL, or what differs. Needs nothing but Python 3.8 or newer.
"""
import hashlib
import json
import math
import sys
import unicodedata


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def stream(key, label):
    stream_key, state = sha256(key, label.encode()), {"block": -1, "words": []}

    def word():
        if not state["words"]:
            state["block"] += 1
            block = sha256(stream_key, state["block"].to_bytes(8, "big"))
            state["words"] = [int.from_bytes(block[at:at + 4], "big") for at in range(0, 32, 4)]
        return state["words"].pop(0)

    def below(count):
        if count == 1:
            return 0
        limit = 2**32 - 2**32 % count
        while True:
            drawn = word()
            if drawn < limit:
                return drawn % count

    return below


def sample(items, count, weight_of, below):
    rest, drawn = list(items), []
    while len(drawn) < count and rest:
        lot = below(sum(weight_of(each) for each in rest))
        for at, each in enumerate(rest):
            lot -= weight_of(each)
            if lot < 0:
                drawn.append(rest.pop(at))
                break
    return drawn


def excluded(each, rules):
    if each["closed"]:
        return "closed"
    if "exempt" in each:
        return "exempt"
    if each["openTask"]:
        return "openTask"
    if "capPerYear" in rules and each["inspections"] >= rules["capPerYear"]:
        return "capReached"
    if each["grade"] not in [stratum["grade"] for stratum in rules["strata"]]:
        return "noStratum"
    return None


def draw(lists, key):
    rules = lists["rules"]
    out = [{"object": each["id"], "reason": excluded(each, rules)} for each in lists["objects"] if excluded(each, rules)]
    left_out = {each["object"] for each in out}
    strata, drawn = [], []
    for stratum in rules["strata"]:
        grade, take = stratum["grade"], stratum["take"]
        eligible = [each for each in lists["objects"] if each["grade"] == grade and each["id"] not in left_out]
        wanted = take["number"] if "number" in take else math.ceil(len(eligible) * take["permille"] / 1000)
        taken = sample(eligible, wanted, lambda each: each["weight"], stream(key, "objects/" + grade))
        strata.append({"grade": grade, "eligible": len(eligible), "taken": len(taken)})
        drawn += taken
    below, need = stream(key, "officers"), rules["officersPerObject"]
    away = {(each["officer"], each["object"]) for each in lists["avoidances"]}
    load = {each["id"]: 0 for each in lists["officers"]}
    picks = []
    for place, each in enumerate(drawn, 1):
        free = [one for one in load if (one, each["id"]) not in away and load[one] < rules.get("mostPerOfficer", math.inf)]
        chosen = []
        if len(free) >= need:
            while len(chosen) < need:
                least = min(load[one] for one in free)
                chosen += sample([one for one in free if load[one] == least], 1, lambda _: 1, below)
                free.remove(chosen[-1])
        for one in chosen:
            load[one] += 1
        picks.append({"place": place, "object": each["id"], "grade": each["grade"], "officers": chosen})
    return {"v": 1, "strata": strata, "picks": picks, "excluded": out}


def weights_explained(lists):
    table = lists["rules"].get("gradeWeights")
    for each in lists["objects"] if table is not None else []:
        graded = each.get("graded", [])
        for one in graded:
            if {"grade": one["grade"], "weight": one["weight"]} not in table[one["scheme"]]:
                return False
        if each["weight"] != min(1000, math.prod(one["weight"] for one in graded)) and "weightReason" not in each:
            return False
    return True


def rules_in_order(rules):
    in_order = rules["organisations"] == sorted(rules["organisations"], key=lambda each: each["id"])
    return in_order and rules["scenarios"] == sorted(set(rules["scenarios"]))


def inspection_sample(rules, frame, key):
    codes = {each["id"]: each["code"] for each in rules["organisations"]}
    apart = [{"act": each["id"], "reason": each["state"]} for each in frame["acts"] if each["state"] in ("cancelled", "planned")]
    members = {}
    for each in frame["acts"]:
        if each["state"] not in ("cancelled", "planned"):
            code = codes.get(each["organisation"], "?") if rules["byOrganisation"] else "*"
            members.setdefault(code + "/" + (each["scenario"] if rules["byScenario"] else "*"), []).append(each)
    strata, shares, picks = [], [], []
    for stratum in sorted(members, key=lambda text: text.encode("utf-16-be")):
        acts, take = members[stratum], rules["take"]
        for share in reversed(rules["shares"]):
            if all(share.get(name, acts[0][name]) == acts[0][name] for name in ("organisation", "scenario")):
                take = share["take"]
        wanted = take["number"] if "number" in take else math.ceil(len(acts) * take["permille"] / 1000)
        taken = sample(acts, wanted, lambda each: 1, stream(key, "acts/" + stratum))
        strata.append({"stratum": stratum, "eligible": len(acts), "taken": len(taken)})
        owners = [each["organisation"] for each in acts]
        shares += [{"organisation": one, "stratum": stratum, "acts": owners.count(one)} for one in sorted(set(owners))]
        picks += [{"place": len(picks) + at, "act": each["id"], "stratum": stratum} for at, each in enumerate(taken, 1)]
    return {"v": 1, "strata": strata, "shares": shares, "picks": picks, "apart": apart}


def check_inspection(record):
    rules, frame = record["rules"], record["frame"]
    rules_digest, frame_digest = sha256(canonical(rules)), sha256(canonical(frame))
    secret = bytes.fromhex(record["secret"])
    public = sha256(unicodedata.normalize("NFC", record.get("publicValue", "")).encode())
    faults = []
    value_fits = ("publicValueIs" in rules) == ("publicValue" in record)
    if rules_digest.hex() != record["rulesDigest"] or not rules_in_order(rules) or not value_fits:
        faults.append("rules")
    if not record["committedAt"] < rules["to"] <= record["drawnAt"]:
        faults.append("late")
    if sha256(b"liuhen.inspection.commitment.v1\n", secret, rules_digest).hex() != record["commitment"]:
        faults.append("commitment")
    ids = [each["id"] for each in frame["acts"]]
    if ids != sorted(set(ids)):
        faults.append("frame")
    if frame_digest.hex() != record["frameDigest"]:
        faults.append("frame digest")
    key = sha256(b"liuhen.inspection.key.v1\n", secret, rules_digest, frame_digest, public)
    if inspection_sample(rules, frame, key) != record["result"]:
        faults.append("result")
    return faults


def check(record):
    if record.get("format") == "liuhen.inspection.record.v1":
        return check_inspection(record)
    digest = sha256(canonical(record["lists"]))
    secret = bytes.fromhex(record["secret"])
    public = sha256(unicodedata.normalize("NFC", record.get("publicValue", "")).encode())
    faults = []
    if digest.hex() != record["listsDigest"]:
        faults.append("lists digest")
    if sha256(b"liuhen.draw.commitment.v1\n", secret, digest).hex() != record["commitment"]:
        faults.append("commitment")
    if not weights_explained(record["lists"]):
        faults.append("weights")
    if draw(record["lists"], sha256(b"liuhen.draw.key.v1\n", secret, digest, public)) != record["result"]:
        faults.append("result")
    return faults


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        found = check(json.load(file))
    print("EQUAL" if not found else "DIFFERS: " + ", ".join(found))
    sys.exit(1 if found else 0)
