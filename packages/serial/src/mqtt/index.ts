export * from './readings.js'
export { type MqttBridge, mqttBridge, type MqttBridgeOptions } from './bridge.js'
