-- Lists of what a figure of the statistics counts: the newest judged acts of an organisation by how they stand, kind and officer without
-- reading their rows, and those few that have a late recording or an unexplained gap.
drop index liuhen.act_judgement_time;
create index act_judgement_time on liuhen.act_judgement (org_id, starts_at, id) include (verdict, scenario, lead_id, interruptions);
create index act_judgement_late on liuhen.act_judgement (org_id, starts_at, id)
    where verdicts @? '$[*] ? (@.rule == "storedInTime" && @.params.late > 0)';
create index act_judgement_open_gap on liuhen.act_judgement (org_id, starts_at, id) where gaps @? '$[*] ? (@.state == "open")';

-- In whose hands a recorder was at a moment.
create index device_issue_device on liuhen.device_issue (device_id, issued_at);
