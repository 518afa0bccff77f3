"""Reads an Open311 endpoint with the client georeport from PyPI: python read_open311.py ENDPOINT ID…; prints JSON."""

import json
import sys

from georeport import GeoReport

endpoint, ids = sys.argv[1], sys.argv[2:]
told = {}
for form in ("json", "xml"):
    client = GeoReport(endpoint, output_format=form)
    services = client.get_service_list()
    requests = client.get_service_requests(status="closed")
    told[form] = {
        "services": [it["service_code"] for it in services],
        "definition": client.get_service_definition(services[0]["service_code"]),
        "requests": requests if isinstance(requests, list) else [requests],
        "one": [client.get_service_request(it) for it in ids],
        "in_field": client.get_service_requests(service_request_id=",".join(ids)),
    }
print(json.dumps(told))
