#include "codec/push.hpp"

#include "codec/document.hpp"
#include "codec/json_text.hpp"
#include "codec/message_types.hpp"
#include "codec/signature.hpp"
#include "codec/xml_writer.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <set>
#include <stdexcept>
#include <vector>

namespace wechat::codec {
namespace {

namespace json = boost::json;
using Type = AccountEvent::Type;

struct Element {
    std::string path;
    std::string text;
    bool is_number = false;
};

bool looks_like_number(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}

// Collects elements once each: what stands in the callback's own members wins over its fields.
class Elements {
public:
    explicit Elements(const Fields& fields) : fields_(fields) {}

    void string(std::string_view name, std::string_view text) { add(name, text, false); }
    void number(std::string_view name, std::string_view digits) { add(name, digits, true); }

    // The platform's own spelling where the caller gave one.
    void word(const std::string& name, std::string_view otherwise)
    {
        const auto given = field(fields_, name);
        string(name, given.empty() ? otherwise : given);
    }

    [[nodiscard]] std::vector<Element> with_the_rest()
    {
        for (const auto& [path, text] : fields_)
            add(path, text, looks_like_number(text));
        return std::move(all_);
    }

private:
    void add(std::string_view name, std::string_view text, bool is_number)
    {
        if (written_.emplace(name).second)
            all_.push_back({std::string{name}, std::string{text}, is_number});
    }

    const Fields& fields_;
    std::vector<Element> all_;
    std::set<std::string, std::less<>> written_;
};

void write(const ContactMessage& message, Elements& out)
{
    const auto& content = message.content;
    const auto* const type = message_type(content.kind);
    const auto said = content.data.find("msg_type");
    out.word("MsgType", type != nullptr ? type->name : said != content.data.end() ? said->second : "unknown");
    if (type != nullptr) {
        for (const auto& [element, key] : type->data)
            if (const auto found = content.data.find(std::string{key}); found != content.data.end())
                looks_like_number(found->second) ? out.number(element, found->second)
                                                 : out.string(element, found->second);
        if (!type->text.empty() && (content.kind != Kind::voice || !content.text.empty()))
            out.string(type->text, content.text);
        if (!type->file_name.empty())
            out.string(type->file_name, content.name);
        if (!type->file_bytes.empty())
            out.number(type->file_bytes, std::to_string(content.bytes));
    }
    if (!message.menu_id.empty())
        out.string("bizmsgmenuid", message.menu_id);
    if (message.id != 0)
        out.number("MsgId", std::to_string(message.id));
}

std::string key_of(const AccountEvent& event)
{
    if (event.scene.empty() || !event.key.empty())
        return event.key;
    return event.type == Type::followed ? "qrscene_" + event.scene : event.scene;
}

std::string_view word_for(const AccountEvent& event)
{
    switch (event.type) {
    case Type::followed: return "subscribe";
    case Type::unfollowed: return "unsubscribe";
    case Type::scanned: return "SCAN";
    case Type::menu_clicked: return event.name.empty() ? "CLICK" : std::string_view{event.name};
    case Type::other: break;
    }
    return event.name;
}

void write(const AccountEvent& event, Elements& out)
{
    out.string("MsgType", "event");
    out.word("Event", word_for(event));
    if (const auto key = key_of(event); !key.empty() || event.type != Type::other)
        out.string("EventKey", key);
}

std::vector<Element> elements_of(const Callback& callback)
{
    Elements out{callback.fields};
    out.string("ToUserName", callback.to);
    out.string("FromUserName", callback.from.str());
    out.number("CreateTime", std::to_string(to_seconds(callback.at)));
    std::visit([&](const auto& what) { write(what, out); }, callback.what);
    return out.with_the_rest();
}

// Whole numbers only: Location_X is text in JSON, too, and a MsgId would not survive a double.
json::value value_of(const Element& element)
{
    std::uint64_t number = 0;
    const auto* const end = element.text.data() + element.text.size();
    const auto read = std::from_chars(element.text.data(), end, number);
    if (element.is_number && read.ec == std::errc{} && read.ptr == end)
        return number;
    return json::value(element.text);
}

// The place of "List[1].TemplateId"; what is on the way there is made.
json::value& leaf_at(json::object& document, std::string_view path)
{
    auto* object = &document;
    while (true) {
        const auto step = path.substr(0, path.find('.'));
        const auto bracket = step.find('[');
        auto* place = &(*object)[step.substr(0, bracket)];
        if (bracket != std::string_view::npos) {
            std::size_t index = 0;
            std::from_chars(step.data() + bracket + 1, step.data() + step.size(), index);
            auto& list = place->is_array() ? place->get_array() : place->emplace_array();
            if (list.size() <= index)
                list.resize(index + 1);
            place = &list[index];
        }
        if (step.size() == path.size()) {
            if (!place->is_null())
                throw std::invalid_argument("a text and elements at one path of a callback");
            return *place;
        }
        if (place->is_null())
            place->emplace_object();
        if (!place->is_object())
            throw std::invalid_argument("a text and elements at one path of a callback");
        object = &place->get_object();
        path.remove_prefix(step.size() + 1);
    }
}

void add(std::string& query, std::string_view name, std::string_view value)
{
    if (!query.empty())
        query += '&';
    query.append(name).append("=").append(percent_encoded(value));
}

std::string secure_body(const Delivery& delivery, bool is_object, std::string_view encrypt)
{
    if (is_object) {
        json::object body;
        body["ToUserName"] = delivery.to;
        body["Encrypt"] = encrypt;
        return json::serialize(body);
    }
    XmlWriter body;
    body.string("ToUserName", delivery.to);
    body.string("Encrypt", encrypt);
    return body.written();
}

std::string
compatible_body(std::string_view document, const Delivery& delivery, bool is_object, std::string_view encrypt)
{
    if (is_object) {
        auto body = read_object(document);
        if (!body)
            return secure_body(delivery, is_object, encrypt);
        (*body)["Encrypt"] = encrypt;
        return json::serialize(*body);
    }
    constexpr std::string_view end = "</xml>";
    const auto at = document.rfind(end);
    if (at == std::string_view::npos)
        return secure_body(delivery, is_object, encrypt);
    std::string body{document.substr(0, at)};
    body.append("<Encrypt><![CDATA[").append(encrypt).append("]]></Encrypt>").append(document.substr(at));
    return body;
}

}  // namespace

std::string write_callback_xml(const Callback& callback)
{
    XmlWriter writer;
    for (const auto& element : elements_of(callback))
        element.is_number ? writer.number(element.path, element.text)
                          : writer.string(element.path, element.text);
    return writer.written();
}

std::string write_callback_json(const Callback& callback)
{
    json::object document;
    for (const auto& element : elements_of(callback))
        leaf_at(document, element.path) = value_of(element);
    return json::serialize(document);
}

CallbackRequest
make_request(const CallbackAccount& account, std::string_view document, const Delivery& delivery)
{
    const auto token = account.callback_token.reveal();
    CallbackRequest request;
    add(request.query, "signature", signature_of({token, delivery.timestamp, delivery.nonce}));
    add(request.query, "timestamp", delivery.timestamp);
    add(request.query, "nonce", delivery.nonce);
    if (!delivery.openid.str().empty())
        add(request.query, "openid", delivery.openid.str());
    if (account.mode == CallbackMode::plain) {
        request.body = document;
        return request;
    }
    assert(account.aes_key && "only plain mode can do without a key");
    const auto encrypt = seal_envelope(document, *account.aes_key, account.app_id.str(), delivery.random);
    add(request.query, "encrypt_type", "aes");
    add(request.query, "msg_signature", signature_of({token, delivery.timestamp, delivery.nonce, encrypt}));
    request.body = account.mode == CallbackMode::secure
                     ? secure_body(delivery, is_json(document), encrypt)
                     : compatible_body(document, delivery, is_json(document), encrypt);
    return request;
}

std::string make_check(
    const CallbackAccount& account,
    std::string_view timestamp,
    std::string_view nonce,
    std::string_view echostr
)
{
    std::string query;
    add(query, "signature", signature_of({account.callback_token.reveal(), timestamp, nonce}));
    add(query, "timestamp", timestamp);
    add(query, "nonce", nonce);
    add(query, "echostr", echostr);
    return query;
}

}  // namespace wechat::codec
