#include "plugin/inspect.hpp"

#include "policy/capability.hpp"
#include "policy/step.hpp"

#include <boost/json.hpp>

#include <array>

namespace wechat::plugin {
namespace {

namespace json = boost::json;

json::object health_of(const Runtime& runtime)
{
    json::object health;
    json::array accounts;
    for (const auto& trouble : runtime.engine().troubles()) {
        if (trouble.account.empty()) {
            health["store"] = {{"code", trouble.code}, {"text", trouble.words}, {"remedy", trouble.remedy}};
            continue;
        }
        accounts.push_back(json::object{
            {"app_id", trouble.account.str()},
            {"level", trouble.level == channel::Health::down ? "down" : "degraded"},
            {"code", trouble.code},
            {"errcode", trouble.errcode},
            {"text", trouble.words},
            {"remedy", trouble.remedy},
        });
    }
    constexpr std::array levels{"ok", "degraded", "down"};
    const auto level = static_cast<std::size_t>(runtime.engine().health());
    health["level"] = levels.at(level);
    health["accounts"] = std::move(accounts);
    return health;
}

// One metric family of OpenMetrics: a line of help, then a line per set of labels.
class Metrics {
public:
    void counter(std::string_view name, std::string_view help, double value)
    {
        family(name, "counter", help);
        line(std::string{name} + "_total", "", value);
    }
    void gauge(std::string_view name, std::string_view help, double value)
    {
        family(name, "gauge", help);
        line(std::string{name}, "", value);
    }
    template <class Map>
    void counters(std::string_view name, std::string_view help, std::string_view label, const Map& values)
    {
        family(name, "counter", help);
        for (const auto& [key, value] : values) {
            std::string shown;
            if constexpr (std::is_arithmetic_v<std::decay_t<decltype(key)>>)
                shown = std::to_string(key);
            else
                shown = key;
            line(
                std::string{name} + "_total",
                std::string{label} + "=\"" + shown + '"',
                static_cast<double>(value)
            );
        }
    }
    [[nodiscard]] std::string take() { return std::move(text_) + "# EOF\n"; }

private:
    void family(std::string_view name, std::string_view type, std::string_view help)
    {
        text_ += "# TYPE " + std::string{name} + ' ' + std::string{type} + '\n';
        text_ += "# HELP " + std::string{name} + ' ' + std::string{help} + '\n';
    }
    void line(const std::string& name, const std::string& labels, double value)
    {
        text_ += name + (labels.empty() ? "" : '{' + labels + '}') + ' ';
        text_ += std::to_string(static_cast<std::int64_t>(value)) + '\n';
    }
    std::string text_ = {};
};

std::string metrics_of(const Runtime& runtime, const store::Store::Counts& counts, std::int64_t busy)
{
    const auto& engine = runtime.engine().figures();
    const auto& webhook = runtime.webhook().figures();
    const auto& platform = runtime.engine().platform_pump();
    Metrics metrics;
    metrics.counter("wechat_callbacks", "requests to the webhook", static_cast<double>(webhook.requests));
    metrics.counters(
        "wechat_callback_answers",
        "answers of the webhook",
        "answer",
        std::map<std::string, std::uint64_t>{
            {"success", webhook.acknowledged},
            {"check", webhook.checks},
            {"forged", webhook.forged},
            {"unreadable", webhook.unreadable},
            {"put_off", webhook.put_off},
            {"cut_off", webhook.cut_off},
        }
    );
    metrics.gauge(
        "wechat_connections", "connections to the webhook", static_cast<double>(webhook.connections)
    );
    metrics.counter("wechat_events", "events applied", static_cast<double>(engine.applied));
    metrics.counter("wechat_events_repeated", "events seen before", static_cast<double>(engine.repeated));
    metrics.counter("wechat_messages_received", "messages of contacts", static_cast<double>(engine.received));
    metrics.counters("wechat_message_states", "states of employees' messages", "state", engine.states);
    metrics.counters("wechat_notices", "notices to employees", "key", engine.notices);
    const auto& delivery = runtime.engine().delivery().figures();
    metrics.counter("wechat_sends", "calls of custom/send", static_cast<double>(delivery.calls));
    metrics.counters("wechat_send_answers", "answers to them by errcode", "errcode", delivery.errcodes);
    metrics.counter("wechat_uploads", "files uploaded", static_cast<double>(delivery.uploads));
    const auto& media = runtime.engine().media_pump();
    metrics.counter(
        "wechat_media_fetched", "contacts' files fetched", static_cast<double>(media.figures().fetched)
    );
    metrics.counter("wechat_media_failed", "tries that failed", static_cast<double>(media.figures().failed));
    metrics.counter("wechat_media_lost", "files given up", static_cast<double>(media.figures().lost));
    metrics.gauge("wechat_media_waiting", "files still to be had", static_cast<double>(media.waiting()));
    metrics.gauge("wechat_media_bytes", "files the host has not settled", static_cast<double>(media.bytes()));
    metrics.counter(
        "wechat_sends_put_off", "calls to be tried again", static_cast<double>(platform.figures().put_off)
    );
    const auto connections = runtime.engine().accounts().connections();
    metrics.counter(
        "wechat_api_requests", "requests to the platform", static_cast<double>(connections.requests)
    );
    metrics.counter(
        "wechat_api_connections", "connections made to it", static_cast<double>(connections.connections)
    );
    metrics.counter(
        "wechat_api_failovers", "changes to another API host", static_cast<double>(connections.failovers)
    );
    metrics.counter(
        "wechat_token_fetches", "access tokens fetched", static_cast<double>(connections.token_fetches)
    );
    metrics.gauge(
        "wechat_accounts_held", "accounts whose sends wait", static_cast<double>(platform.holds().size())
    );
    metrics.gauge(
        "wechat_conversations", "conversations in the store", static_cast<double>(counts.conversations)
    );
    metrics.gauge("wechat_outbox_to_host", "rows for the host", static_cast<double>(counts.outbox_to_host));
    metrics.gauge(
        "wechat_outbox_to_wechat", "rows for WeChat", static_cast<double>(counts.outbox_to_platform)
    );
    metrics.counter("wechat_commits", "commits of the store", static_cast<double>(counts.commits));
    metrics.counter("wechat_transactions", "units of work in them", static_cast<double>(counts.transactions));
    metrics.gauge("wechat_busy", "pieces of work under way", static_cast<double>(busy));
    return metrics.take();
}

json::value shown(std::optional<std::string_view> text)
{
    if (!text)
        return nullptr;
    return json::string{*text};
}

// Values that a preview may have: one of everything.
texts::Values example_of(const policy::Rules& rules)
{
    auto values = policy::values_of(rules);
    values.employee = "ana";
    values.queued = values.sent = values.waiting = 1;
    return values;
}

template <class Text>
json::object
text_json(std::string_view locale, const texts::Wording& wording, const texts::Values& values, Text key)
{
    constexpr bool to_contact = std::is_same_v<Text, texts::ContactText>;
    const auto text = wording.catalog.render(key, values);
    bool costs = to_contact && text.has_value();
    if constexpr (to_contact)
        costs = costs && key != texts::ContactText::speaker;
    json::object object{
        {"audience", to_contact ? "contact" : "employee"},
        {"key", texts::name_of(key)},
        {"text", shown(text)},
        {"bytes", text ? text->size() : 0},
        {"slots", costs ? 1 : 0},
    };
    if (const auto* const own = texts::own_origin(wording, key)) {
        object["line"] = own->line;
        object["pattern"] = shown(own->pattern);
    } else {
        object["line"] = nullptr;
        object["pattern"] = shown(texts::built_in_pattern(locale, key));
    }
    return object;
}

// All texts of one customer in one locale.
void add_texts(
    json::array& list,
    const json::object& whose,
    const texts::Values& values,
    std::string_view locale,
    const texts::Wording& wording
)
{
    const auto add = [&](auto key) {
        if (!texts::own_origin(wording, key) && !texts::built_in_pattern(locale, key))
            return;  // a locale of his own that is not in force need not be complete
        auto object = text_json(locale, wording, values, key);
        object.insert(whose.begin(), whose.end());
        object["locale"] = locale;
        list.push_back(std::move(object));
    };
    for (std::size_t i = 0; i < texts::contact_texts; ++i)
        add(static_cast<texts::ContactText>(i));
    for (std::size_t i = 0; i < texts::employee_texts; ++i)
        add(static_cast<texts::EmployeeText>(i));
}

std::string_view name_of(policy::Phase phase)
{
    constexpr std::array names{"unknown", "open", "left", "unfollowed"};
    return names[static_cast<std::size_t>(phase)];
}

json::array ids_of(const std::vector<Employee>& employees)
{
    json::array ids;
    for (const auto& employee : employees)
        ids.push_back(json::string{employee.str()});
    return ids;
}

}  // namespace

std::string health_json(Runtime* runtime)
{
    if (runtime == nullptr)
        return json::serialize(json::object{{"level", "ok"}, {"running", false}});
    const auto answer = runtime->ask([](const Runtime& r) { return json::serialize(health_of(r)); });
    return answer.value_or(R"({"level":"degraded","text":"the channel is too busy to answer"})");
}

std::string state_json(Runtime* runtime)
{
    json::object state{{"busy", 0}, {"running", runtime != nullptr}};
    if (runtime != nullptr) {
        state["busy"] = runtime->busy().count();
        state["port"] = runtime->port();
        state["commands_waiting"] = runtime->commands_waiting();
    }
    return json::serialize(state);
}

std::string config_json(const Customers& customers)
{
    json::array list;
    for (const auto& [file, account] : customers)
        list.push_back(json::object{
            {"file", file},
            {"customer", account->name.str()},
            {"app_id", account->app_id.str()},
            {"app_secret", "***"},
            {"callback_path", "/wechat/" + account->name.str()},
            {"api", account->api.front().host},
            {"locale", account->rules->texts->locale()},
            {"employee_messages", account->rules->employee_messages},
        });
    return json::serialize(json::object{{"customers", std::move(list)}});
}

std::string faults_json(const std::vector<channel::Finding>& faults)
{
    json::array wrong;
    for (const auto& fault : faults)
        wrong.push_back(json::object{
            {"file", fault.file}, {"line", fault.line}, {"column", fault.column}, {"text", fault.text}});
    return json::serialize(wrong);
}

std::string capabilities_json(std::string_view description, const Customers& customers)
{
    auto whole = json::parse({description.data(), description.size()}).as_object();
    json::object accounts;
    for (const auto& [file, account] : customers) {
        json::array kinds;
        for (const auto kind : account->rules->supported)
            kinds.emplace_back(wechat::name_of(kind));
        const bool passive = account->rules->welcome_by == policy::WelcomeBy::passive;
        accounts[account->name.str()] =
            json::object{{"send", std::move(kinds)}, {"welcome_by", passive ? "passive" : "api"}};
    }
    whole["accounts"] = std::move(accounts);
    return json::serialize(whole);
}

std::string metrics_text(Runtime* runtime)
{
    if (runtime == nullptr)
        return "# EOF\n";
    const auto counts = runtime->store().counts();
    const auto busy = runtime->busy().count();
    const auto answer =
        runtime->ask([counts, busy](const Runtime& r) { return metrics_of(r, counts, busy); });
    return answer.value_or("# EOF\n");
}

std::string texts_json(const Customers& customers)
{
    json::array list;
    for (const auto& [file, account] : customers) {
        const auto values = example_of(*account->rules);
        for (const auto& [locale, wording] : *account->wordings) {
            const json::object whose{
                {"customer", account->name.str()},
                {"file", file},
                {"in_force", locale == account->rules->texts->locale()},
            };
            add_texts(list, whose, values, locale, wording);
        }
    }
    return json::serialize(list);
}

std::string conversation_json(Runtime* runtime, const Customers& customers, std::string_view id, Time now)
{
    const auto unknown =
        channel::Error(channel::Status::unsupported, "unknown_conversation", "no such conversation");
    const auto slash = id.find('/');
    if (runtime == nullptr || slash == std::string_view::npos)
        throw unknown;
    const auto directory = directory_of(customers);
    const auto account = directory->named(id.substr(0, slash));
    if (!account)
        throw unknown;
    const auto found = runtime->store().peek({account->app_id, OpenId{std::string{id.substr(slash + 1)}}});
    if (!found || !*found)
        throw unknown;
    const auto& conversation = **found;
    const auto text = policy::capability(
        *account->rules, conversation, policy::Message{.id = ClientId{"?"}, .sender = {}, .bytes = 1}, now
    );
    json::array queue;
    for (const auto& message : conversation.queue)
        queue.push_back(json::object{
            {"client_id", message.id.str()},
            {"sender", message.sender.str()},
            {"since", to_seconds(message.accepted)},
        });
    json::object object{
        {"phase", name_of(conversation.phase)},
        {"participants", ids_of(conversation.participants)},
        {"slots", account->rules->platform.messages},
        {"slots_left", text.slots_left},
        {"employee_messages", account->rules->employee_messages},
        {"employee_sent", conversation.employee_sent},
        {"slots_used", conversation.slots_used},
        {"on_their_way", conversation.outgoing.size()},
        {"queue", std::move(queue)},
        {"why", policy::why_waiting(*account->rules, conversation, now)},
    };
    if (const auto next = policy::wake_at(*account->rules, conversation))
        object["next_at"] = to_seconds(*next);
    if (conversation.last_message) {
        object["last_message"] = to_seconds(*conversation.last_message);
        object["remind_at"] = to_seconds(*conversation.last_message + account->rules->remind_after);
        object["window_ends"] = to_seconds(*conversation.last_message + account->rules->platform.window);
    }
    return json::serialize(object);
}

}  // namespace wechat::plugin
