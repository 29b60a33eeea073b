#include "simulator/fault.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <optional>

namespace simulator {
namespace {

namespace json = boost::json;

std::optional<json::object> object_in(const Response& response)
{
    json::error_code none;
    auto value = json::parse(response.body, none);
    if (none || !value.is_object())
        return std::nullopt;
    return std::move(value.get_object());
}

// Of every type, and with the names that a careless reader may fall for.
json::object with_extra_fields(json::object fields)
{
    json::object more;
    more["ext_info"] = json::object{{"errcode", 40001}, {"list", json::array{1, nullptr, "x"}}};
    more["server_time"] = 1.5;
    more["flags"] = nullptr;
    for (auto& field : fields)
        more[field.key()] = std::move(field.value());
    return more;
}

// U+0010 and U+001D, which users' texts carry (wechat-protocol.md 2.4), behind the first quotation mark of a value.
void put_control_characters(std::string& body)
{
    const auto at = body.find(":\"");
    body.insert(at == std::string::npos ? body.size() : at + 2, "\x10\x1d");
}

}  // namespace

void spoil(Response& response, const Fault& fault)
{
    if (fault.body)
        response.body = *fault.body;
    if (auto fields = object_in(response); fields && (fault.without_errcode || fault.extra_fields)) {
        if (fault.without_errcode) {
            fields->erase("errcode");
            fields->erase("errmsg");
        }
        response.body = json::serialize(fault.extra_fields ? with_extra_fields(std::move(*fields)) : *fields);
    }
    if (fault.control_characters)
        put_control_characters(response.body);
    if (!fault.content_type.empty())
        response.content_type = fault.content_type;
    response.content_length = fault.content_length;
    if (fault.truncate)
        response.manner = Response::Manner::cut;
}

void Faults::clear(std::string_view path)
{
    std::erase_if(faults_, [path](const Fault& fault) { return fault.path == path; });
}

Fault Faults::take(std::string_view path, std::string_view app_id)
{
    Fault suffered;
    if (faults_.empty())
        return suffered;
    Milliseconds latency{0};
    for (auto& fault : faults_) {
        if ((fault.path != path && fault.path != "*") || (!fault.app_id.empty() && fault.app_id != app_id))
            continue;
        if (fault.after > 0) {
            --fault.after;
            continue;
        }
        if (fault.acts()) {
            if (suffered.acts())
                continue;
            suffered = fault;
        }
        latency += fault.latency;
        if (fault.times)
            --*fault.times;
    }
    std::erase_if(faults_, [](const Fault& fault) { return fault.times && *fault.times <= 0; });
    suffered.latency = latency;
    return suffered;
}

}  // namespace simulator
