# Runs each line of standard input, a JSON text of code, and prints which calls it made.
require "json"
require "ostruct"

class Recorder < BasicObject
  attr_reader :calls

  def initialize
    @calls = []
  end

  def method_missing(name, **arguments)
    @calls << [name, arguments]
  end
end

$stdout.sync = true
handoff = OpenStruct.new(JSON.parse(ENV.fetch("HANDOFF")).transform_keys { |key| key.gsub(/[A-Z]/) { "_#{_1.downcase}" } })
$stdin.set_encoding("UTF-8")
$stdin.each_line do |line|
  recorder = Recorder.new
  Object.send(:remove_const, :ANALYTICS) if Object.const_defined?(:ANALYTICS)
  ANALYTICS = recorder
  begin
    eval(JSON.parse(line, quirks_mode: true), binding)
    puts JSON.generate({ calls: recorder.calls })
  rescue ScriptError, StandardError => error
    puts JSON.generate({ error: error.full_message(highlight: false) })
  end
end
