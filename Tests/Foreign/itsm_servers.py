#!/usr/bin/env python3
"""Strict local stand-ins for ticket systems, pagers and chats, written from their public interfaces alone.

They know nothing of the program that is tested. Whatever the real systems would refuse is refused: fields that are not
there, rich text in version 2 and plain text in version 3 of Jira, the search address that was removed, missing required
fields, wrong credentials, states without a way. Faults come on command: `server.faults.append(...)` with

  ("status", 429, {"Retry-After": "3"})   the next request is answered so, and does nothing
  ("lost",)                               the next request that makes something does it, and the connection breaks
  ("slow", seconds)                       the next request is answered after a while

What is not for the account is answered like what is not there: `server.hidden.add(...)` with the key of an issue or the
sys_id of a record. `server.no_search = True` refuses searches with 401.

Standard library only.
"""
import base64
import datetime
import http.server
import json
import re
import socket
import threading
import time
import urllib.parse


class Refusal(Exception):
    def __init__(self, status, body, fields=None):
        self.status, self.body, self.fields = status, body, fields or {}


class Strict:
    """A server on loopback; subclasses answer by `respond(method, path, query, body, fields)`."""

    def __init__(self):
        self.faults, self.requests, self.lock = [], [], threading.Lock()
        self.hidden, self.no_search = set(), False
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                length = int(self.headers.get("content-length") or 0)
                content = self.rfile.read(length)
                with outer.lock:
                    outer.answer(self, content)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler, content):
        address = urllib.parse.urlsplit(handler.path)
        query = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        made, status, fields, body = False, 500, {}, {}
        fault = None
        if self.faults and (self.faults[0][0] != "lost" or self.makes(handler.command, address.path)):
            fault = self.faults.pop(0)
        self.requests.append((handler.command, handler.path, content))
        try:
            if fault and fault[0] == "status":
                raise Refusal(fault[1], {"message": "on command"}, fault[2])
            if fault and fault[0] == "slow":
                time.sleep(fault[1])
            data = None
            if content:
                if "application/json" not in (handler.headers.get("content-type") or ""):
                    raise Refusal(415, {"message": "JSON is expected"})
                data = json.loads(content)
            status, body, fields = self.respond(
                handler.command, address.path, query, data, handler.headers)
            made = True
        except Refusal as refusal:
            status, body, fields = refusal.status, refusal.body, refusal.fields
        except json.JSONDecodeError:
            status, body = 400, {"message": "not JSON"}
        if fault and fault[0] == "lost" and made:
            handler.close_connection = True
            handler.connection.shutdown(socket.SHUT_RDWR)
            return
        text = b"" if body is None else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        handler.send_response(status)
        for name, value in fields.items():
            handler.send_header(name, value)
        handler.send_header("content-type", "text/plain" if isinstance(body, str) else "application/json")
        handler.send_header("content-length", str(len(text)))
        handler.end_headers()
        try:
            handler.wfile.write(text)
        except OSError:
            pass  # whoever asked has gone

    def makes(self, method, path):
        return method == "POST"

    def respond(self, method, path, query, body, headers):
        raise NotImplementedError


def is_document(value):
    """Whether a value is a document of version 1 with paragraphs of text."""
    if not (isinstance(value, dict) and value.get("type") == "doc" and value.get("version") == 1):
        return False
    if set(value) != {"type", "version", "content"} or not isinstance(value["content"], list):
        return False
    for block in value["content"]:
        if block.get("type") != "paragraph" or set(block) - {"type", "content"}:
            return False
        for part in block.get("content", []):
            # A text node may not be empty.
            if part.get("type") != "text" or not part.get("text"):
                return False
    return True


class Jira(Strict):
    """Jira Cloud (version 3) or Data Center (version 2)."""

    STATES = ["To Do", "In Progress", "Done"]
    # From where to where, by which transition: nothing leads back from Done.
    WAYS = {"To Do": [("11", "In Progress")], "In Progress": [("21", "To Do"), ("31", "Done")], "Done": []}

    def __init__(self, is_cloud, project="AIGOV", account="bot@example.org", token="cloud-token-1"):
        super().__init__()
        self.is_cloud, self.project = is_cloud, project
        self.version = "3" if is_cloud else "2"
        self.authorization = (
            "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode() if is_cloud else "Bearer " + token)
        self.issues, self.links, self.number = {}, {}, 0
        self.page = 2  # pages are small, so that everybody has to ask for the next one

    def makes(self, method, path):
        return method == "POST" and path.endswith("/issue")

    def respond(self, method, path, query, body, headers):
        if headers.get("authorization") != self.authorization:
            raise Refusal(401, {"errorMessages": ["Client must be authenticated to access this resource."], "errors": {}})
        base = f"/rest/api/{self.version}"
        if not path.startswith(base + "/"):
            raise Refusal(404, {"errorMessages": ["no such version here"], "errors": {}})
        rest = path[len(base):]
        if method == "POST" and rest == "/issue":
            return self.create(body)
        if rest == "/search" and self.is_cloud:
            raise Refusal(410, {"errorMessages": ["The requested API has been removed. Use /rest/api/3/search/jql."], "errors": {}})
        if method == "POST" and rest == ("/search/jql" if self.is_cloud else "/search"):
            return self.search(body)
        if match := re.fullmatch(r"/issue/createmeta/([A-Z]+)/issuetypes(/(\d+))?", rest):
            return self.meta(match[1], match[3], query)
        if match := re.fullmatch(r"/issue/([A-Z]+-\d+)(/transitions|/remotelink)?", rest):
            if match[1] not in self.issues or match[1] in self.hidden:
                raise Refusal(404, {"errorMessages": ["Issue does not exist or you do not have permission to see it."], "errors": {}})
            issue = self.issues[match[1]]
            if match[2] == "/transitions":
                return self.transitions(method, issue, body)
            if match[2] == "/remotelink":
                return self.link(method, issue, body)
            if method == "GET":
                return 200, self.shown(issue, query.get("fields", "").split(",")), {}
            if method == "PUT":
                return self.update(issue, body)
            raise Refusal(405, None)
        raise Refusal(404, {"errorMessages": ["no such address"], "errors": {}})

    # The fields of the project, as its administrators made them.
    FIELDS = {
        "project": ("Project", True, "object"), "issuetype": ("Issue Type", True, "object"),
        "summary": ("Summary", True, "line"), "description": ("Description", False, "text"),
        "labels": ("Labels", False, "labels"), "priority": ("Priority", False, "priority"), "duedate": ("Due date", False, "day"),
        "customfield_10011": ("Team", True, "option"), "customfield_10020": ("Stage", False, "option"),
    }
    # A priority is set by its id and shown by its name.
    PRIORITIES = {"2": "High", "4": "Low"}
    OPTIONS = {"customfield_10011": ["Platform", "Safety"], "customfield_10020": ["New", "Looked at", "Shut"]}

    def check(self, fields, is_new):
        errors = {}
        for name, value in fields.items():
            kind = self.FIELDS.get(name, (None, None, None))[2]
            if kind is None or (not is_new and name in ("project", "issuetype")):
                errors[name] = f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            elif value is None and not is_new and not self.FIELDS[name][1]:
                continue  # a field that need not be filled is emptied
            elif kind == "line" and (not isinstance(value, str) or not value or "\n" in value or len(value) > 255):
                errors[name] = "The summary is invalid because it is empty, too long or contains newline characters."
            elif kind == "text" and self.is_cloud and not is_document(value):
                errors[name] = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
            elif kind == "text" and not self.is_cloud and not isinstance(value, str):
                errors[name] = "Operation value must be a string"
            elif kind == "labels" and (not isinstance(value, list) or any(not isinstance(l, str) or " " in l for l in value)):
                errors[name] = "The label can't contain spaces."
            elif kind == "priority" and (not isinstance(value, dict) or set(value) != {"id"} or value["id"] not in self.PRIORITIES):
                errors[name] = "The priority selected is invalid."
            elif kind == "day" and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
                errors[name] = "Error parsing date string"
            elif kind == "option" and (not isinstance(value, dict) or set(value) - {"value", "id"} or value.get("value") not in self.OPTIONS[name]):
                errors[name] = "Specify a valid 'id' or 'name' for the option."
        if is_new:
            for name, (title, required, _) in self.FIELDS.items():
                if required and name not in fields:
                    errors[name] = f"{title} is required."
            if fields.get("project", {}).get("key") != self.project:
                errors["project"] = "valid project is required"
            if fields.get("issuetype", {}).get("name") != "Task":
                errors["issuetype"] = "Specify an issue type"
        if errors:
            raise Refusal(400, {"errorMessages": [], "errors": errors})

    def create(self, body):
        if set(body) != {"fields"}:
            raise Refusal(400, {"errorMessages": ["Unrecognized field"], "errors": {}})
        self.check(body["fields"], True)
        self.number += 1
        key = f"{self.project}-{self.number}"
        issue = {"id": str(10000 + self.number), "key": key, "fields": dict(body["fields"]), "state": "To Do", "created": time.time(), "updated": time.time()}
        self.issues[key] = issue
        return 201, {"id": issue["id"], "key": key, "self": f"{self.url}/rest/api/{self.version}/issue/{issue['id']}"}, {}

    def shown(self, issue, names):
        fields = {name: issue["fields"].get(name) for name in names if name in self.FIELDS}
        if fields.get("priority"):
            fields["priority"] = {**fields["priority"], "name": self.PRIORITIES[fields["priority"]["id"]]}
        if "status" in names:
            fields["status"] = {"name": issue["state"], "id": str(self.STATES.index(issue["state"]) + 1)}
        if "updated" in names:
            moment = datetime.datetime.fromtimestamp(issue["updated"], datetime.timezone.utc)
            fields["updated"] = moment.strftime("%Y-%m-%dT%H:%M:%S.000+0000")
        return {"id": issue["id"], "key": issue["key"], "self": "", "fields": fields}

    def update(self, issue, body):
        if not body or set(body) - {"fields", "update"}:
            raise Refusal(400, {"errorMessages": ["Unrecognized field"], "errors": {}})
        self.check(body.get("fields", {}), False)
        if set(body.get("fields", {})) & set(body.get("update", {})):
            raise Refusal(400, {"errorMessages": ["Field cannot be set and updated at once."], "errors": {}})
        for name, operations in body.get("update", {}).items():
            if name != "labels":
                raise Refusal(400, {"errorMessages": [], "errors": {name: "cannot be updated so"}})
            for operation in operations:
                if len(operation) != 1 or set(operation) - {"add", "remove"} or any(" " in label for label in operation.values()):
                    raise Refusal(400, {"errorMessages": [], "errors": {"labels": "The label can't contain spaces."}})
                labels = issue["fields"].setdefault("labels", [])
                if operation.get("remove") in labels:
                    labels.remove(operation["remove"])
                if "add" in operation and operation["add"] not in labels:
                    labels.append(operation["add"])
        issue["fields"].update(body.get("fields", {}))
        issue["updated"] = time.time()
        return 204, None, {}

    def transitions(self, method, issue, body):
        ways = self.WAYS[issue["state"]]
        if method == "GET":
            found = [{"id": id, "name": f"to {name}", "to": {"name": name}} for id, name in ways]
            return 200, {"expand": "transitions", "transitions": found}, {}
        if set(body) != {"transition"} or set(body["transition"]) != {"id"}:
            raise Refusal(400, {"errorMessages": ["Missing 'transition' identifier"], "errors": {}})
        wanted = [name for id, name in ways if id == body["transition"]["id"]]
        if not wanted:
            raise Refusal(400, {"errorMessages": ["It seems that you have tried to perform a workflow operation that is not valid for the current state of this issue."], "errors": {}})
        issue["state"], issue["updated"] = wanted[0], time.time()
        return 204, None, {}

    def link(self, method, issue, body):
        if method != "POST" or set(body) - {"globalId", "object"} or set(body.get("object", {})) - {"url", "title"} or not body["object"].get("url"):
            raise Refusal(400, {"errorMessages": ["'url' is required."], "errors": {}})
        is_new = (issue["key"], body["globalId"]) not in self.links
        self.links[(issue["key"], body["globalId"])] = body["object"]
        return (201 if is_new else 200), {"id": 1, "self": ""}, {}

    def search(self, body):
        known = {"jql", "fields", "maxResults", "nextPageToken"} if self.is_cloud else {"jql", "fields", "maxResults", "startAt"}
        if set(body) - known:
            raise Refusal(400, {"errorMessages": ["Unrecognized field"], "errors": {}})
        jql = re.sub(r" ORDER BY updated ASC$", "", body["jql"])
        if self.no_search:
            raise Refusal(401, {"errorMessages": ["Client must be authenticated to access this resource."], "errors": {}})
        found = [issue for key, issue in self.issues.items() if key not in self.hidden]
        for part in jql.split(" AND "):
            if match := re.fullmatch(r'project = "([^"]*)"', part):
                if match[1] != self.project:
                    raise Refusal(400, {"errorMessages": [f"The value '{match[1]}' does not exist for the field 'project'."], "errors": {}})
            elif match := re.fullmatch(r'labels = "([^"]*)"', part):
                found = [issue for issue in found if match[1] in issue["fields"].get("labels", [])]
            elif match := re.fullmatch(r'(updated|created) >= "-(\d+)m"', part):
                found = [issue for issue in found if issue[match[1]] >= time.time() - int(match[2]) * 60]
            elif match := re.fullmatch(r'\(labels is EMPTY OR labels != "([^"]*)"\)', part):
                found = [issue for issue in found if match[1] not in (issue["fields"].get("labels") or [])]
            else:
                raise Refusal(400, {"errorMessages": [f"Error in the JQL Query: {part}"], "errors": {}})
        found.sort(key=lambda issue: issue["updated"])
        start = int(body.get("nextPageToken", "page-0")[5:]) if self.is_cloud else body.get("startAt", 0)
        page = found[start : start + min(self.page, body.get("maxResults", 50))]
        answer = {"issues": [self.shown(issue, body.get("fields", [])) for issue in page]}
        if self.is_cloud:
            answer["isLast"] = start + len(page) >= len(found)
            if not answer["isLast"]:
                answer["nextPageToken"] = f"page-{start + len(page)}"
        else:
            answer.update(startAt=start, maxResults=self.page, total=len(found))
        return 200, answer, {}

    def meta(self, project, type, query):
        if project != self.project:
            raise Refusal(404, {"errorMessages": ["No project could be found."], "errors": {}})
        if type is None:
            name, items = "issueTypes", [{"id": "10001", "name": "Bug"}, {"id": "10002", "name": "Task"}]
        elif type == "10002":
            name, items = "fields", []
            for field, (title, required, kind) in self.FIELDS.items():
                item = {"fieldId": field, "key": field, "name": title, "required": required, "hasDefaultValue": False,
                        "operations": ["set"], "schema": {"type": kind}}
                if field in self.OPTIONS:
                    item["allowedValues"] = [{"id": str(n), "value": v} for n, v in enumerate(self.OPTIONS[field])]
                items.append(item)
        else:
            raise Refusal(404, {"errorMessages": ["no such type"], "errors": {}})
        start = int(query.get("startAt", 0))
        page = items[start : start + self.page]
        answer = {"startAt": start, "maxResults": self.page, "total": len(items)}
        answer[name if self.is_cloud else "values"] = page
        return 200, answer, {}


class ServiceNow(Strict):
    """The Table API over one table; values are texts, moments are in UTC."""

    COLUMNS = {"short_description", "description", "urgency", "impact", "correlation_id", "correlation_display", "state", "category", "due_date"}
    SYSTEM = {"sys_id", "number", "sys_created_on", "sys_updated_on", "caller_id"}
    # Longer lines are cut without a word.
    LONGEST = 160
    STATES = {"1", "2", "6", "7"}

    def __init__(self, account="systemic", password="table-password", token=None):
        super().__init__()
        self.authorization = "Bearer " + token if token else "Basic " + base64.b64encode(f"{account}:{password}".encode()).decode()
        self.records, self.number = {}, 0

    def respond(self, method, path, query, body, headers):
        if headers.get("authorization") != self.authorization:
            raise Refusal(401, {"error": {"message": "User Not Authenticated", "detail": "Required to provide Auth information"}, "status": "failure"})
        if "application/json" not in (headers.get("accept") or ""):
            raise Refusal(406, {"error": {"message": "Not Acceptable", "detail": ""}, "status": "failure"})
        if path == "/api/now/table/sys_dictionary" and method == "GET":
            if query.get("sysparm_query") != "name=incident^mandatory=true^elementISNOTEMPTY":
                raise Refusal(400, {"error": {"message": "bad query", "detail": ""}})
            return 200, {"result": [{"element": "urgency", "column_label": "Urgency", "default_value": ""}]}, {}
        match = re.fullmatch(r"/api/now/table/incident(/([0-9a-f]{32}))?", path)
        if not match:
            raise Refusal(400, {"error": {"message": "Invalid table", "detail": None}, "status": "failure"})
        if match[2] and (match[2] not in self.records or match[2] in self.hidden):
            raise Refusal(404, {"error": {"message": "No Record found", "detail": "Record doesn't exist or ACL restricts the record retrieval"}, "status": "failure"})
        if method == "POST" and not match[2]:
            return self.create(body)
        if method == "PATCH" and match[2]:
            self.check(body)
            record = self.records[match[2]]
            if record["state"] == "7" and body.get("state", "7") != "7":
                raise Refusal(403, {"error": {"message": "Operation Failed", "detail": "a closed incident stays closed"}, "status": "failure"})
            record.update(self.cut(body), sys_updated_on=self.now())
            return 200, {"result": self.shown(record, {})}, {}
        if method == "GET" and match[2]:
            return 200, {"result": self.shown(self.records[match[2]], query)}, {}
        if method == "GET":
            return self.search(query)
        raise Refusal(405, {"error": {"message": "Method not supported", "detail": None}, "status": "failure"})

    def now(self):
        return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S")

    def check(self, body):
        for name, value in body.items():
            if name not in self.COLUMNS:
                raise Refusal(400, {"error": {"message": f"unknown field {name}", "detail": ""}, "status": "failure"})
            if not isinstance(value, str):
                raise Refusal(400, {"error": {"message": f"{name} is no text", "detail": ""}, "status": "failure"})
            if name == "due_date" and value and not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value):
                raise Refusal(400, {"error": {"message": "due_date is no date", "detail": ""}, "status": "failure"})
        if body.get("state", "1") not in self.STATES:
            raise Refusal(400, {"error": {"message": "invalid choice for state", "detail": ""}, "status": "failure"})

    def cut(self, body):
        return {name: value[: self.LONGEST] if name == "short_description" else value for name, value in body.items()}

    def create(self, body):
        self.check(body)
        if not body.get("short_description") or body.get("urgency") not in {"1", "2", "3"}:
            raise Refusal(403, {"error": {"message": "Operation Failed", "detail": "Data Policy Exception: Short description and Urgency are mandatory"}, "status": "failure"})
        self.number += 1
        id = f"{self.number:032x}"
        record = {"state": "1", **self.cut(body), "sys_id": id, "number": f"INC{self.number:07}", "sys_created_on": self.now(), "sys_updated_on": self.now(), "caller_id": "abc"}
        self.records[id] = record
        return 201, {"result": self.shown(record, {})}, {"Location": f"{self.url}/api/now/table/incident/{id}"}

    def shown(self, record, query):
        names = query["sysparm_fields"].split(",") if query.get("sysparm_fields") else list(record)
        found = {name: record.get(name, "") for name in names if name in self.COLUMNS | self.SYSTEM}
        if "caller_id" in found and query.get("sysparm_exclude_reference_link") != "true":
            found["caller_id"] = {"link": "…", "value": "abc"}
        return found

    def search(self, query):
        if self.no_search:
            raise Refusal(401, {"error": {"message": "User Not Authenticated", "detail": ""}, "status": "failure"})
        found = [record for id, record in self.records.items() if id not in self.hidden]
        for part in query.get("sysparm_query", "").split("^"):
            if part.startswith("correlation_id="):
                found = [r for r in found if r.get("correlation_id") == part[15:]]
            elif part.startswith("correlation_idSTARTSWITH"):
                found = [r for r in found if r.get("correlation_id", "").startswith(part[24:])]
            elif part == "correlation_idISEMPTY":
                found = [r for r in found if not r.get("correlation_id")]
            elif part.startswith("category="):
                found = [r for r in found if r.get("category") == part[9:]]
            elif match := re.fullmatch(r"(sys_updated_on|sys_created_on)>=(.*)", part):
                if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", match[2]):
                    raise Refusal(400, {"error": {"message": "bad date", "detail": ""}})
                found = [r for r in found if r[match[1]] >= match[2]]
            elif part not in ("ORDERBYsys_updated_on", "ORDERBYsys_created_on"):
                raise Refusal(400, {"error": {"message": f"bad query {part}", "detail": ""}})
        start, limit = int(query.get("sysparm_offset", 0)), int(query["sysparm_limit"])
        return 200, {"result": [self.shown(r, query) for r in found[start : start + limit]]}, {"X-Total-Count": str(len(found))}


class PagerDuty(Strict):
    """Events API, version 2: an event with a known dedup_key changes the alert that there is."""

    def __init__(self, key="r" * 32):
        super().__init__()
        self.key, self.alerts, self.events = key, {}, []

    def respond(self, method, path, query, body, headers):
        if (method, path) != ("POST", "/v2/enqueue"):
            raise Refusal(404, {"status": "not found"})
        known = {"routing_key", "event_action", "dedup_key", "payload", "links", "images", "client", "client_url"}
        errors = [f"'{name}' is unknown" for name in set(body) - known]
        if body.get("routing_key") != self.key:
            errors.append("'routing_key' is invalid")
        action, alias = body.get("event_action"), body.get("dedup_key", "")
        if action not in ("trigger", "acknowledge", "resolve"):
            errors.append("'event_action' is invalid")
        if not alias or len(alias) > 255:
            errors.append("'dedup_key' is missing or too long")
        if action == "trigger":
            payload = body.get("payload") or {}
            errors += [f"'payload.{name}' is missing" for name in ("summary", "source", "severity") if not payload.get(name)]
            if payload.get("severity") not in ("critical", "error", "warning", "info"):
                errors.append("'payload.severity' is invalid")
            if set(payload) - {"summary", "source", "severity", "timestamp", "component", "group", "class", "custom_details"}:
                errors.append("'payload' has unknown fields")
            if len(payload.get("summary", "")) > 1024:
                errors.append("'payload.summary' is too long")
        elif "payload" in body:
            errors.append("'payload' is for triggers")
        if errors:
            raise Refusal(400, {"status": "invalid event", "message": "Event object is invalid", "errors": errors})
        self.events.append(body)
        # An alert that is resolved, or never was, hears of nothing but a trigger.
        if action != "trigger" and self.alerts.get(alias) in (None, "resolved"):
            return 202, {"status": "success", "message": "Event processed", "dedup_key": alias}, {}
        self.alerts[alias] = {"trigger": "triggered", "acknowledge": "acknowledged", "resolve": "resolved"}[action]
        return 202, {"status": "success", "message": "Event processed", "dedup_key": alias}, {}


class Opsgenie(Strict):
    """Alert API, version 2: an open alert with the same alias is the same alert."""

    def __init__(self, key="genie-key-1"):
        super().__init__()
        self.key, self.alerts = key, {}

    def respond(self, method, path, query, body, headers):
        if headers.get("authorization") != "GenieKey " + self.key:
            raise Refusal(403, {"message": "Key format is not valid!", "took": 0.0, "requestId": "x"})
        done = {"result": "Request will be processed", "took": 0.1, "requestId": "x"}
        if method == "POST" and path == "/v2/alerts":
            known = {"message", "alias", "description", "responders", "visibleTo", "actions", "tags", "details", "entity", "source", "priority", "user", "note"}
            if set(body) - known or not body.get("message") or len(body["message"]) > 130 or len(body.get("alias", "")) > 512:
                raise Refusal(422, {"message": "Request body is not processable. Please check the errors.", "errors": {"message": "is invalid"}, "took": 0.0, "requestId": "x"})
            if body.get("priority", "P3") not in ("P1", "P2", "P3", "P4", "P5"):
                raise Refusal(422, {"message": "Request body is not processable.", "errors": {"priority": "is invalid"}, "took": 0.0, "requestId": "x"})
            self.alerts.setdefault(body["alias"], {"count": 0, **body})["state"] = "open"
            self.alerts[body["alias"]]["count"] += 1
            return 202, done, {}
        match = re.fullmatch(r"/v2/alerts/([^/]+)/(close|acknowledge)", path)
        if method == "POST" and match and query.get("identifierType") == "alias":
            if set(body) - {"user", "source", "note"}:
                raise Refusal(422, {"message": "unknown fields", "took": 0.0, "requestId": "x"})
            alias = urllib.parse.unquote(match[1])
            if alias in self.alerts and self.alerts[alias]["state"] != "closed":
                self.alerts[alias]["state"] = {"close": "closed", "acknowledge": "acknowledged"}[match[2]]
            return 202, done, {}
        raise Refusal(404, {"message": "no such address", "took": 0.0, "requestId": "x"})


class Chat(Strict):
    """An incoming webhook as Slack has it: a secret path, an object with a text, “ok” as the answer."""

    def __init__(self, path="/services/T000/B000/secretpath"):
        super().__init__()
        self.path, self.texts = path, []

    def respond(self, method, path, query, body, headers):
        if (method, path) != ("POST", self.path):
            raise Refusal(404, "no_service")
        if set(body) - {"text", "blocks", "attachments", "thread_ts", "mrkdwn"} or not body.get("text"):
            raise Refusal(400, "no_text")
        self.texts.append(body["text"])
        return 200, "ok", {}
