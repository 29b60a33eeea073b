#include "simulator/views.hpp"

#include <boost/json/value.hpp>

namespace simulator {
namespace {

namespace json = boost::json;

bool wanted(const std::string& filter, const std::string& value)
{
    return filter.empty() || filter == value;
}

json::object fault_json(const Fault& fault)
{
    json::object fields;
    fields["path"] = fault.path;
    if (!fault.app_id.empty())
        fields["app_id"] = fault.app_id;
    if (fault.after > 0)
        fields["after"] = fault.after;
    if (fault.times)
        fields["times"] = *fault.times;
    if (fault.errcode)
        fields["errcode"] = *fault.errcode;
    if (fault.http_status)
        fields["http_status"] = *fault.http_status;
    if (fault.timeout != Fault::Timeout::none)
        fields["timeout"] = fault.timeout == Fault::Timeout::before ? "before" : "after_write";
    for (const auto& [name, set] :
         {std::pair{"reset", fault.reset},
          std::pair{"truncate", fault.truncate},
          std::pair{"control_characters", fault.control_characters},
          std::pair{"without_errcode", fault.without_errcode},
          std::pair{"extra_fields", fault.extra_fields}})
        if (set)
            fields[name] = true;
    if (fault.content_length)
        fields["content_length"] = *fault.content_length;
    if (!fault.content_type.empty())
        fields["content_type"] = fault.content_type;
    if (fault.body)
        fields["body"] = *fault.body;
    if (fault.latency.count() > 0)
        fields["latency_ms"] = fault.latency.count();
    return fields;
}

}  // namespace

json::object clock_json(const Clock& clock)
{
    json::object fields;
    fields["now"] = to_number(clock.now());
    fields["text"] = to_text(clock.now());
    return fields;
}

json::array accounts_json(const Platform& platform)
{
    json::array list;
    for (const auto& [app_id, account] : platform.accounts())
        list.push_back(to_json(account->settings));
    return list;
}

json::array phone_json(const Contact* contact)
{
    json::array lines;
    if (contact == nullptr)
        return lines;
    for (const auto& entry : contact->phone) {
        json::object line;
        line["from"] = name_of(entry.from);
        line["kind"] = entry.kind;
        line["text"] = entry.text;
        line["media"] = entry.media.empty() ? json::value(nullptr) : json::value(entry.media);
        if (!entry.media_name.empty())
            line["media_name"] = entry.media_name;
        line["at"] = to_number(entry.at);
        lines.push_back(std::move(line));
    }
    return lines;
}

json::object window_json(const Contact* contact, Moment now)
{
    const auto ends = contact != nullptr ? contact->grants.ends_at(now) : std::nullopt;
    json::object fields;
    fields["slots_left"] = contact != nullptr ? contact->grants.slots_left(now) : 0;
    fields["ends_at"] = ends ? json::value(to_number(*ends)) : json::value(nullptr);
    fields["following"] = contact != nullptr && contact->following_since;
    fields["typing"] = contact != nullptr && now < contact->typing_until;
    return fields;
}

json::array requests_json(const Platform& platform, const std::string& path, const std::string& app_id)
{
    json::array list;
    for (const auto& request : platform.requests()) {
        if (!wanted(path, request.path) || !wanted(app_id, request.app_id))
            continue;
        json::object line;
        line["number"] = request.number;
        line["at"] = to_number(request.at);
        line["app_id"] = request.app_id;
        line["method"] = request.method;
        line["path"] = request.path;
        line["query"] = request.query;
        line["body"] = request.body;
        line["peer"] = request.peer;
        line["status"] = request.status;
        line["answer"] = request.answer;
        list.push_back(std::move(line));
    }
    return list;
}

json::array callbacks_json(const Platform& platform, const std::string& openid, const std::string& app_id)
{
    json::array list;
    for (const auto& callback : platform.callbacks()) {
        if (!wanted(openid, callback.openid) || !wanted(app_id, callback.app_id))
            continue;
        json::object line;
        line["number"] = callback.number;
        line["at"] = to_number(callback.at);
        line["app_id"] = callback.app_id;
        line["openid"] = callback.openid;
        line["delivery"] = callback.delivery;
        line["url"] = callback.url;
        line["query"] = callback.query;
        line["body"] = callback.body;
        line["status"] = callback.status;
        line["answer"] = callback.answer;
        line["answered"] = callback.answered;
        list.push_back(std::move(line));
    }
    return list;
}

json::array faults_json(const Faults& faults)
{
    json::array list;
    for (const auto& fault : faults.all())
        list.push_back(fault_json(fault));
    return list;
}

json::object delivered_json(const Delivered& delivered)
{
    json::object fields;
    fields["deliveries"] = delivered.deliveries;
    fields["answered"] = name_of(delivered.answered);
    fields["shown"] = delivered.shown.empty() ? json::value(nullptr) : json::value(delivered.shown);
    return fields;
}

}  // namespace simulator
